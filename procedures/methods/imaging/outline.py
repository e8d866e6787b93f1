"""Area of a layer from pictures on a calibration plate: acquisition and reduction.

The plate in each picture gives scale, tilt and distortion; each picture is of a new placing of the
sample, so that their scatter holds what depends on the place. Areas are at 20 degC (ISO 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
import numpy as np

from drivers.roles.microscope_image import Micrograph, Microscope
from labctl.asking.prompts import NumberPrompt
from labctl.errors import InstrumentError
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from procedures.methods.imaging.dots import NoPlate, find_dots
from procedures.methods.imaging.edges import area_of, flattened, outline, perimeter_of
from procedures.methods.imaging.plane import fit_plane
from procedures.methods.imaging.scribing import scribed_share

PITCH, EDGE, LENS, WARMTH = "plate_pitch", "edge_definition", "lens_residual", "sample_temperature"
PLATE = (PITCH, EDGE, LENS, WARMTH)
"""Contributions that the bench states: of the plate's pitch (relative), of the edge (m, outwards),
of what the fitted lens leaves (relative, of an area), of the sample's temperature about 20 degC."""

EXPANSION = "expansion_coefficient"
"""Property of the sheet, linear, 1/K."""

ADRIFT = 0.15
"""Largest rms distance in pixels of the dots from their places: beyond, the plate is not flat."""

WAIT = 120.0
"""Seconds in which the next picture is there."""

HOW = N_(
    "Area inside the outline of the layer, half-way between the brightness of the layer and that "
    "of what shows beside it, in {count} pictures with the sample laid anew; scale, tilt and "
    "distortion by the dots of the calibration plate in each picture ({dots} dots, {residual} um "
    "rms off their places)."
)
LEFT_OUT = (
    N_("bending of the sample out of the plane of the plate beyond what the lens residual holds"),
    N_("roughness of the outline finer than a pixel"),
)
"""What no line of the bench holds."""


class Outlined(msgspec.Struct, frozen=True):
    """One picture reduced, with the plate's pitch as stated: `sha256` of its file, `dots` of the
    plate and their rms distance `residual` in m from their places; areas `layer`, `total` and
    `scribed` in m2, `perimeter` of the layer in m."""

    sha256: str
    dots: int
    residual: float
    layer: float
    total: float
    scribed: float
    perimeter: float


@dataclass(frozen=True)
class Pictures:
    """Pictures of one sample, each with the sample laid anew; `expansion` as its sheet states."""

    seen: tuple[Outlined, ...]
    expansion: Quantity | None

    def area(self, mc: MonteCarlo, contributions: Mapping[str, Quantity]) -> Draws:
        """Draws of the layer's area in m2 at 20 degC, shape (draws + 1, 1)."""
        area = mc.repeated("imaging/placing", [one.layer for one in self.seen], "sample laid anew")
        around = float(np.mean([one.perimeter for one in self.seen]))
        out = area * (1.0 + 2.0 * _drawn(mc, contributions, PITCH, "dimensionless"))
        out = out * (1.0 + _drawn(mc, contributions, LENS, "dimensionless"))
        out = out + around * _drawn(mc, contributions, EDGE, "m")
        if self.expansion is None:
            return out
        per_kelvin = self.expansion.to("1/K").value
        return out * (1.0 - 2.0 * per_kelvin * _drawn(mc, contributions, WARMTH, "K"))

    def mean(self, part: str) -> float:
        """Mean of `total`, `layer` or `active` area in m2, without its uncertainty."""
        areas = {
            "total": [one.total for one in self.seen],
            "layer": [one.layer for one in self.seen],
            "active": [one.layer - one.scribed for one in self.seen],
        }
        return float(np.mean(areas[part]))

    def unstated(self, contributions: Mapping[str, Quantity]) -> tuple[Unstated, ...]:
        """What neither the bench nor the sample's sheet states."""
        missing = tuple(Unstated(name) for name in PLATE if name not in contributions)
        return missing if self.expansion is not None else (*missing, Unstated(EXPANSION, "sample"))


def _drawn(mc: MonteCarlo, contributions: Mapping[str, Quantity], name: str, unit: str) -> Draws:
    """Draws around 0 of a contribution of the bench in `unit`; 0 where it states none."""
    u = contributions[name].to(unit).u if name in contributions else 0.0
    return u * mc.normal(f"bench/{name}")


async def photographed(
    run: Run, camera: Microscope, name: str, *, count: int, pitch: str
) -> Pictures:
    """`count` pictures, reduced; the plate's pitch is asked for, `pitch` answers in simulation.

    `InstrumentError` for a picture without a plate or an outline.
    """
    asked = NumberPrompt(
        f"{name}/pitch",
        N_("Pitch of the dots of the calibration plate by its certificate"),
        unit="m",
        low=1e-6,
        high=0.1,
        simulated=pitch,
    )
    stated = (await run.ask(asked)).value

    async def series() -> list[Outlined]:
        """Pictures that are taken from now on: what lies in the folder is of another sample."""
        found, before = list[Outlined](), (await camera.latest()).file.sha256
        for index in range(count):
            run.progress(0.9 * index / count, "picture")
            found.append(await _outlined(camera, before, stated))
            before = found[-1].sha256
        return found

    seen = await run.step(f"{name}/pictures", series, list[Outlined])
    known = run.sample.properties
    expansion = run.sample.quantity(EXPANSION, "1/K") if EXPANSION in known else None
    return Pictures(tuple(seen), expansion)


async def _outlined(camera: Microscope, before: str, pitch: float) -> Outlined:
    """The picture after the one of that hash, reduced."""
    picture = await camera.following(before, timeout=WAIT)
    try:
        return reduced(picture, pitch)
    except NoPlate as error:
        raise InstrumentError(
            f"the picture {picture.file.name} {error}",
            address=camera.address,
            remedy="lay plate and sample flat and wholly into the picture, light them evenly",
        ) from error


def reduced(picture: Micrograph, pitch: float) -> Outlined:
    """Areas in a `picture` on a plate of dots `pitch` m apart; `NoPlate` where it shows none."""
    pixels = picture.intensity
    dots = find_dots(pixels, pitch / picture.pitch.value)
    plane = fit_plane(dots, (pixels.shape[0], pixels.shape[1]))
    if plane.residual > ADRIFT * plane.scale():
        raise NoPlate("shows dots of a plate that are not on a flat grid")
    levels = flattened(pixels)
    layer = plane.places(outline(levels)) * pitch
    total = plane.places(outline(levels, of_carrier=True)) * pitch
    area = abs(area_of(layer))
    return Outlined(
        picture.file.sha256,
        len(dots.places),
        plane.residual * pitch,
        area,
        abs(area_of(total)),
        area * scribed_share(levels) if levels.carrier < 1.0 else 0.0,
        perimeter_of(layer),
    )
