"""The caustic of one beam: a search, then planes inside and outside its Rayleigh length."""

from __future__ import annotations

import msgspec
import numpy as np

from labctl.asking.prompts import NumberPrompt
from labctl.errors import InstrumentError
from labctl.i18n import N_
from labctl.run import Run
from procedures.analysis.caustic import (
    Fit,
    NoCaustic,
    along_axes,
    azimuth,
    fit,
    rayleigh,
    waist_place,
)
from procedures.methods.beam_propagation.scanning import Plane, Scan, scanned
from rigs.beam import BeamRig

SEARCH = (-0.1, -0.05, 0.0, 0.05, 0.1)
"""Planes of the search, from the focal plane, in focal lengths."""

NEAR = (-0.75, -0.4, 0.0, 0.4, 0.75)
"""Planes inside, in Rayleigh lengths from the waist: five, also where the axes differ a little."""

FAR, FARTHEST, SIDE = 2.35, 3.2, 3
"""Rayleigh lengths between which the planes outside lie, and how many on each side: one more than
the five of ISO 11146-1, half of them on either side."""

ROUND = 0.985
"""Part of the stage's range that is used."""

FOCAL = NumberPrompt(
    "mirror/focal_length",
    N_("Focal length of the focusing mirror by its certificate"),
    unit="m",
    low=0.02,
    high=2.0,
    simulated="120 mm",
)
PLANE = NumberPrompt(
    "mirror/focal_plane",
    N_("Reading of the stage with the sensor in the focal plane of the mirror"),
    unit="m",
    low=-0.1,
    high=0.1,
    simulated="0 mm",
)


class Caustic(msgspec.Struct, frozen=True):
    """`planes` of one beam, with the `pitch` of the pixels in m."""

    planes: tuple[Plane, ...]
    pitch: float


class Mirror(msgspec.Struct, frozen=True):
    """`focal` length in m and the stage's reading `plane` in m in its focal plane, as stated."""

    focal: float
    plane: float


async def mirror(run: Run) -> Mirror:
    """What people know of the focusing mirror."""
    return Mirror((await run.ask(FOCAL)).value, (await run.ask(PLANE)).value)


async def caustic(
    run: Run, rig: BeamRig, name: str, focusing: Mirror, passes: int, done: float = 0.0
) -> Caustic:
    """The caustic `name`: a search about the focal plane, then `passes` through all planes, forth
    and back, so that what drifts evenly cancels; `done` is the part of the run behind it."""
    about = [focusing.plane + focusing.focal * part for part in SEARCH]
    search = await run.step(f"{name}/search", lambda: scanned(run, rig, about, done), Scan)
    low, high = await run.step(f"{name}/range", rig.stage.limits, tuple[float, float])
    places = chosen(search, low, high)
    found = list[Plane]()
    for index in range(passes):
        order = places if index % 2 == 0 else places[::-1]
        one = await _pass(run, rig, f"{name}/pass {index + 1}", order, done)
        found += one.planes
    return Caustic(tuple(found), search.pitch)


async def _pass(run: Run, rig: BeamRig, name: str, places: list[float], done: float) -> Scan:
    return await run.step(name, lambda: scanned(run, rig, places, done), Scan)


def axes(seen: Caustic | Scan) -> tuple[Fit, Fit]:
    """Hyperbolas along the two axes that all planes share; `NoCaustic` without a waist."""
    moments = [plane.moments for plane in seen.planes]
    squares = seen.pitch**2 * along_axes(moments, azimuth(moments))
    places = np.array([plane.place.value for plane in seen.planes])
    return fit(places, squares[0]), fit(places, squares[1])


def chosen(search: Scan, low: float, high: float) -> list[float]:
    """Places in m for the planes of a caustic on a stage that goes from `low` to `high` in m.

    `InstrumentError` where the search shows no waist, or the stage is too short for this beam.
    """
    try:
        found = axes(search)
    except NoCaustic as error:
        raise _refused(f"the search about the focal plane shows no beam: {error}") from error
    middle = 0.5 * sum(waist_place(one) for one in found)
    length = 0.5 * sum(float(rayleigh(one.parameters)) for one in found)
    most = min(FARTHEST, ROUND * min(high - middle, middle - low) / length)
    if most < FAR:
        raise _refused(f"the Rayleigh length is {1e3 * length:.1f} mm: the stage is too short")
    far = np.linspace(FAR, most, SIDE)
    return [float(middle + length * off) for off in (*-far[::-1], *NEAR, *far)]


def _refused(what: str) -> InstrumentError:
    return InstrumentError(what, remedy="take a mirror of another focal length, adjust the beam")
