"""Role: camera."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from drivers.driver import Driver
from labctl.evidence import Reading

if TYPE_CHECKING:
    from drivers.roles.arrays import IntArray


@dataclass(frozen=True, eq=False)
class Picture:
    """`pixels` as read, shape (rows, columns) or (rows, columns, 3) in the order red, green, blue,
    dimensionless; `time` in s at the middle of the exposure, run time; `index` in the stream;
    `exposure` in s; `saturated` pixels. Never a lossy file."""

    pixels: IntArray
    time: Reading
    index: int
    exposure: float
    saturated: int


@dataclass(frozen=True)
class Region:
    """A part of the sensor in pixels: first row and column from 0, and how many."""

    row: int
    column: int
    rows: int
    columns: int


class Camera(Driver, Protocol):
    """Takes pictures of known time and scale; a scanner's bed is one picture.

    Exposure, gain, rate or region that it does not have is `LimitRefused`; a lost picture in a
    series, and no picture in time, are `InstrumentError`.
    """

    async def set_exposure(self, seconds: float) -> None:
        """Exposure time in s."""
        ...

    async def set_gain(self, gain: float) -> None:
        """Gain in dB."""
        ...

    async def set_region(self, region: Region) -> None:
        """Part of the sensor that is read, in pixels."""
        ...

    async def set_frame_rate(self, rate: float) -> None:
        """Pictures a second in 1/s."""
        ...

    async def set_trigger(self, source: Literal["free", "external"]) -> None:
        """Pictures at the frame rate, or one a trigger pulse."""
        ...

    async def grab(self, *, timeout: float) -> Picture:
        """The next picture; waits at most `timeout` in s."""
        ...

    async def series(self, pictures: int, *, timeout: float) -> tuple[Picture, ...]:
        """The next `pictures` pictures, none left out, each within `timeout` in s."""
        ...

    async def pixel_pitch(self) -> Reading:
        """Size of a pixel in the object's plane in m, by the scale calibration of this set-up."""
        ...
