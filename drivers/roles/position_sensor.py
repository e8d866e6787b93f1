"""Role: position sensor (position-sensitive detector)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from drivers.driver import Driver
from drivers.roles.arrays import ReadingArray
from labctl.evidence import Reading

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class SpotTrack:
    """Arrays of shape (n,): `time` in s from the trigger, spot position `x` and `y` in m from the
    sensor's centre, `sum` signal in V."""

    time: FloatArray
    x: ReadingArray
    y: ReadingArray
    sum: ReadingArray


@dataclass(frozen=True)
class Spot:
    """Spot position `x` and `y` in m from the sensor's centre, `sum` signal in V."""

    x: Reading
    y: Reading
    sum: Reading


class PositionSensor(Driver, Protocol):
    """Reads where a spot of light stands. Too little or too much light is `InstrumentError`; a gain
    or rate beyond the sensor's is `LimitRefused`."""

    async def position(self) -> Spot:
        """Position in m at this moment."""
        ...

    async def track(self, *, sample_rate: float, duration: float) -> SpotTrack:
        """Positions in m at `sample_rate` in 1/s for `duration` in s from the next trigger on."""
        ...

    async def set_gain(self, gain: float) -> None:
        """Gain of its amplifiers in V/A."""
        ...

    async def bandwidth(self) -> Reading:
        """Bandwidth in Hz at the gain in force."""
        ...
