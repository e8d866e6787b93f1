"""Maps of both faces of a wafer, laid on three points and turned over, reduced as they come."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from drivers.roles.wafer_metrology import WaferMap
from labctl.i18n import N_
from labctl.run import Run
from labctl.words import Text
from procedures.analysis.wafer_shape import NoShape, fitted
from procedures.methods.wafer.filed import measured, named
from rigs.wafer_shape import WaferShapeRig

Array = NDArray[np.float64]

EXCLUDED = 3e-3
"""Edge exclusion in m that bounds the fixed quality area (docs/decisions/0047)."""

ALIKE = 1e-3
"""Difference in m of a diameter from the one that is asked for."""

ROUND = 1e-6
"""By how much in m a site may lie outside: places are rounded."""

LAID = N_(
    "Lay the wafer freely on the three points of the gauge, marked face up, notch towards -y, type "
    "{label} as the sample; answer with that name when it lies still (round {round} of {count})"
)
TURNED = N_(
    "Turn the wafer over about the axis through its notch: the marked face comes down, the notch "
    "stays towards -y, what was on the left comes to the right. Type {label} as the sample; answer "
    "with that name when it lies still (round {round} of {count})"
)


class Mapped(msgspec.Struct, frozen=True):
    """One map: hash of its file, `fault` in one word ("" of none), `radius` of the quality area
    and mean `thickness` in m; what the analysis' `Fit` has, in m."""

    sha256: str
    fault: str
    radius: float
    thickness: float = 0.0
    terms: tuple[float, ...] = ()
    more: tuple[float, ...] = ()
    noise: float = 0.0
    rough: float = 0.0


async def pair(
    run: Run, rig: WaferShapeRig, number: int, count: int, diameter: float
) -> tuple[Mapped, Mapped]:
    """Round `number` of `count`: the wafer of `diameter` in m as laid, and turned over."""
    found = list[Mapped]()
    for index, (way, sentence) in enumerate((("laid", LAID), ("turned", TURNED))):
        label = f"{run.sample.id}-{way}-{number}"
        run.progress((number - 1 + 0.5 * index) / count, label)
        words = Text(sentence, {"label": label, "round": str(number), "count": str(count)})
        said = await named(run, f"gauge/{way}/{number}", words, label)

        async def once(name: str = said) -> Mapped:
            return reduced((await measured(rig.gauge, name, 1))[0], diameter)

        found.append(await run.step(f"{way} {number}", once, Mapped))
    return found[0], found[1]


def reduced(one: WaferMap, diameter: float) -> Mapped:
    """What a map tells, or why it tells nothing, for a wafer of `diameter` in m."""
    radius = 0.5 * one.diameter - EXCLUDED
    empty = Mapped(one.file.sha256, _fault(one, diameter), radius)
    if empty.fault:
        return empty
    front, back = (np.asarray(one.values[key].values, np.float64) for key in ("front", "back"))
    x, y = np.asarray(one.x, np.float64), np.asarray(one.y, np.float64)
    try:
        told = fitted(x, y, 0.5 * (front + back), radius)
    except NoShape as error:
        return msgspec.structs.replace(empty, fault=str(error))
    return msgspec.structs.replace(
        empty,
        thickness=float(np.mean((front - back)[np.hypot(x, y) <= radius])),
        terms=tuple(told.terms.tolist()),
        more=tuple(told.more.tolist()),
        noise=told.noise,
        rough=told.rough,
    )


def _fault(one: WaferMap, diameter: float) -> str:
    """Why a map is no evidence before it is looked at closely, in one word; "" where it is."""
    if not {"front", "back"} <= set(one.values):
        return "faces"
    if abs(one.diameter - diameter) > ALIKE:
        return "diameter"
    if one.edge_exclusion > EXCLUDED:
        return "edge"
    far = np.hypot(np.asarray(one.x, np.float64), np.asarray(one.y, np.float64))
    if not np.isfinite(far).all():
        return "missing"
    return "outside" if float(far.max(initial=0.0)) > 0.5 * one.diameter + ROUND else ""
