"""Role: GNSS receiver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class Fix:
    """A position in WGS 84: latitude and longitude in deg (north and east positive), height above
    the ellipsoid in m, `utc` Unix time in s by the satellites, `quality` as IEC 61162-1 numbers it
    (1 autonomous, 2 differential, 4 fixed, 5 float), and the satellites used."""

    latitude: Reading
    longitude: Reading
    height: Reading
    utc: float
    quality: int
    satellites: int


class GnssReceiver(Driver, Protocol):
    """Tells where and how fast it is. Without a valid fix every query is `InstrumentError`."""

    async def has_fix(self) -> bool:
        """Whether position and time are valid."""
        ...

    async def fix(self) -> Fix:
        """The newest position, in deg and m."""
        ...

    async def speed(self) -> Reading:
        """Speed over ground in m/s."""
        ...

    async def course(self) -> Reading:
        """Course over ground in deg from true north."""
        ...

    async def time_error(self) -> Reading:
        """This computer's UTC less the satellites', in s."""
        ...
