"""Pictures of a beam along its axis, reduced to second moments as they come."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from drivers.roles.microscope_image import Micrograph
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Reading
from labctl.run import Run
from procedures.analysis.second_moments import Moments, NoBeam, second_moments
from rigs.beam import BeamRig

Array = NDArray[np.float64]

WAIT = 150.0
"""Seconds in which the next picture is there."""

EXPOSED = 10.0
"""Seconds that pass from the beginning of an exposure until its file is found to be complete, at
most: what is found sooner may have been exposed while stage or shutter still moved."""

QUIET = 35.0
"""Seconds for which the folder is let alone after that: what comes meanwhile is not lost, and each
look at a folder costs work."""

SPEED, ACCELERATION = 0.02, 0.08
"""Of the stage, in m/s and m/s2."""

ARRIVAL = 60.0
"""Seconds in which the stage has arrived."""

ALIKE = 6
"""Pixels that share the highest count, from which on it is taken for the end of the converter."""


class Plane(msgspec.Struct, frozen=True):
    """The stage at `place` in m, the beam's moments there in pixels and pixels squared (`x`, `y`,
    `xx`, `xy`, `yy`), `sha256` of the picture."""

    place: Reading
    x: float
    y: float
    xx: float
    xy: float
    yy: float
    sha256: str

    @property
    def moments(self) -> Moments:
        """As the analysis has them."""
        return Moments(self.x, self.y, self.xx, self.xy, self.yy)


class Scan(msgspec.Struct, frozen=True):
    """Planes in the order in which they were taken, `pitch` of the pixels in m as stated."""

    planes: tuple[Plane, ...]
    pitch: float


async def scanned(run: Run, rig: BeamRig, places: Sequence[float], done: float) -> Scan:
    """One dark picture, then one of the beam at each of `places` in m on the stage's scale.

    Call it inside a step; `done` is the part of the run that lies behind. `InstrumentError` for a
    picture that is saturated, and for one in which the beam does not lie as a whole.
    """
    await rig.shutter.shutter(False)
    await rig.stage.home()
    await rig.stage.set_velocity(SPEED, acceleration=ACCELERATION)
    dark = await _next(rig)
    await rig.shutter.shutter(True)
    planes = list[Plane]()
    for index, place in enumerate(places):
        run.progress(done + 0.3 * index / len(places), "picture")
        await rig.stage.move_to(place)
        at = await rig.stage.wait(timeout=ARRIVAL)
        picture = await _next(rig)
        planes.append(_plane(rig, at, picture, dark))
    await rig.shutter.shutter(False)
    await run.record("stage", *(plane.place for plane in planes))
    return Scan(tuple(planes), dark.pitch.value)


async def _next(rig: BeamRig) -> Micrograph:
    """The first picture whose exposure began after now."""
    await clock.sleep(EXPOSED)
    before = (await rig.camera.latest()).file.sha256
    await clock.sleep(QUIET)
    return await rig.camera.following(before, timeout=WAIT)


def _plane(rig: BeamRig, at: Reading, picture: Micrograph, dark: Micrograph) -> Plane:
    if picture.intensity.shape != dark.intensity.shape or picture.pitch != dark.pitch:
        raise _refused(rig, picture, "is not of the window of the dark one", "keep the window")
    top = float(picture.intensity.max())
    if int((picture.intensity == top).sum()) >= ALIKE:
        raise _refused(rig, picture, "is saturated", "weaken the beam or shorten the exposure")
    try:
        found = second_moments(picture.intensity - dark.intensity)
    except NoBeam as error:
        raise _refused(rig, picture, str(error), "adjust beam, window and attenuation") from error
    return Plane(at, found.x, found.y, found.xx, found.xy, found.yy, picture.file.sha256)


def _refused(rig: BeamRig, picture: Micrograph, why: str, remedy: str) -> InstrumentError:
    return InstrumentError(
        f"the picture {picture.file.name}: {why}", address=rig.camera.address, remedy=remedy
    )
