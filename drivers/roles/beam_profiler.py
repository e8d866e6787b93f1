"""Role: beam profiler."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from drivers.driver import Driver
from drivers.roles.arrays import ReadingArray
from labctl.evidence import Reading


@dataclass(frozen=True, eq=False)
class BeamImage:
    """A picture of the beam: `counts` above background, shape (rows, columns), dimensionless;
    `pitch` of the pixels in m (rows and columns alike), `saturated` pixels, `exposure` in s."""

    counts: ReadingArray
    pitch: Reading
    saturated: int
    exposure: float


@dataclass(frozen=True)
class BeamWidths:
    """Second-moment widths D4sigma along the beam's axes (ISO 11146-1): `major` and `minor` in m,
    `azimuth` of the major axis in rad, centroid `x` and `y` in m from the sensor's corner."""

    major: Reading
    minor: Reading
    azimuth: Reading
    x: Reading
    y: Reading


class BeamProfiler(Driver, Protocol):
    """Takes pictures of a beam. A propagation scan is the method's work, with a motion stage.

    Exposure or gain beyond the camera's is `LimitRefused`; a saturated picture is
    `InstrumentError` where widths are asked for, as is a missing trigger.
    """

    async def set_exposure(self, seconds: float) -> None:
        """Exposure time in s."""
        ...

    async def set_gain(self, gain: float) -> None:
        """Analog gain in dB."""
        ...

    async def set_trigger(self, source: Literal["free", "external"]) -> None:
        """Pictures one after another, or one a trigger pulse."""
        ...

    async def take_background(self, pictures: int) -> None:
        """The mean of `pictures` with the beam blocked is taken off every picture."""
        ...

    async def image(self, *, timeout: float) -> BeamImage:
        """The next picture, pitch in m; waits at most `timeout` in s for its trigger."""
        ...

    async def widths(self) -> BeamWidths:
        """D4sigma widths and centroid in m of the next picture, as the profiler computes them."""
        ...
