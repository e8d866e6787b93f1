"""Pictures of a force microscope, reduced as they come: places of a wafer, a step standard."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from drivers.roles.surface_topography import HeightMap
from labctl.errors import InstrumentError
from labctl.i18n import N_
from labctl.run import Run
from labctl.words import Text
from procedures.analysis.areal import Band, covers, fine_enough
from procedures.analysis.step_height import NoBar, step_heights
from procedures.analysis.twice_scanned import compared, same, spoilt, widened
from procedures.methods.wafer.filed import measured, named
from rigs.topography import TopographyRig

Array = NDArray[np.float64]

BAND = Band(small=0.1e-6, large=2e-6)
"""Nesting indices that define the figure (docs/decisions/0047)."""

SCALED = 0.02
"""Relative change of the pitches by which their influence on a figure is told."""

STANDARD = N_(
    "Lay the step standard under the force microscope, type {label} as the sample, take pictures "
    "of the bar upright in the middle; answer with that name when it lies there"
)
PLACE = N_(
    "Bring place {place} of {count} of the wafer (spread evenly over it, 5 mm off its edge) under "
    "the force microscope, type {label} as the sample, take two pictures without moving it; answer "
    "with that name when the tip is there"
)


class Place(msgspec.Struct, frozen=True):
    """One place: hashes of both pictures, `fault` in one word ("" of none), `side` in m, and what
    `procedures.analysis.twice_scanned.Twice` has; `slope` is the relative change of the square with
    the relative change of the pitches, `tip` the radius in m that the file states."""

    sha256: tuple[str, str]
    fault: str
    side: float
    pitch: float
    tip: float
    square: float = 0.0
    correlation: float = 0.0
    noise: float = 0.0
    single: float = 0.0
    mean: float = 0.0
    steep: float = 0.0
    slope: float = 0.0


class Step(msgspec.Struct, frozen=True):
    """Heights in m of the standard's bar in bands of a picture, `sha256` of the file."""

    heights: tuple[float, ...]
    sha256: str


async def standard(run: Run, rig: TopographyRig) -> Step:
    """The step standard as the microscope sees it; `InstrumentError` where it shows no bar."""
    label = f"{run.sample.id}-step"
    said = await named(run, "tip/standard", Text(STANDARD, {"label": label}), label)

    async def once() -> Step:
        picture = (await measured(rig.afm, said, 1))[0]
        try:
            heights = step_heights(_heights(picture))
        except NoBar as error:
            raise InstrumentError(
                f"the picture {picture.file.name} {error}",
                address=rig.afm.address,
                remedy="lay the bar of the step standard upright into the middle of the field",
            ) from error
        return Step(tuple(heights.tolist()), picture.file.sha256)

    return await run.step("step standard", once, Step)


async def place(run: Run, rig: TopographyRig, number: int, count: int) -> Place:
    """Place `number` of `count` of the wafer, pictured twice."""
    label = f"{run.sample.id}-{number}"
    told = {"place": str(number), "count": str(count), "label": label}
    said = await named(run, f"tip/{number}", Text(PLACE, told), label)
    run.progress(number / (count + 1), label)

    async def both() -> Place:
        one, two = await measured(rig.afm, said, 2)
        return reduced(one, two)

    return await run.step(f"place {number}", both, Place)


def reduced(one: HeightMap, two: HeightMap) -> Place:
    """What two pictures of one place tell, or why they tell nothing."""
    x, y = one.pitch_x.to("m").value, one.pitch_y.to("m").value
    left, right = _heights(one), _heights(two)
    empty = Place(
        (one.file.sha256, two.file.sha256),
        _fault(one, two),
        min(left.shape[0] * y, left.shape[1] * x),
        max(x, y),
        one.tip,
    )
    if empty.fault:
        return empty
    told = compared(left, right, x, y, BAND)
    return msgspec.structs.replace(
        empty,
        square=told.square,
        correlation=told.correlation,
        noise=told.noise,
        single=0.5 * (told.first + told.second),
        mean=told.mean,
        steep=told.steep,
        slope=widened(left, x, y, BAND, SCALED),
    )


def _fault(one: HeightMap, two: HeightMap) -> str:
    """Why two pictures are no evidence, in one word; "" where they are."""
    x, y = one.pitch_x.to("m").value, one.pitch_y.to("m").value
    left, right = _heights(one), _heights(two)
    if one.processing or two.processing:
        return "processed"
    if left.shape != right.shape or (one.pitch_x, one.pitch_y) != (two.pitch_x, two.pitch_y):
        return "unlike"
    if not covers(left.shape, x, y, BAND):
        return "small"
    if not fine_enough(x, y, BAND):
        return "coarse"
    return spoilt(left) or spoilt(right) or ("same" if same(left, right) else "")


def _heights(picture: HeightMap) -> Array:
    return np.asarray(picture.height.values, dtype=np.float64)
