"""Role: gas sensor."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class GasSensor(Driver, Protocol):
    """Reads one gas with a small sensor.

    While it warms up its fraction is `InstrumentError`, as are a frame with a wrong check sum and a
    value out of range. A range or span that it does not have is `LimitRefused`.
    """

    async def gas(self) -> str:
        """Formula of the gas whose fraction in mol/mol it reads."""
        ...

    async def fraction(self) -> Reading:
        """Mole fraction in mol/mol."""
        ...

    async def temperature(self) -> Reading:
        """Temperature of the sensor in degC."""
        ...

    async def warm_up_left(self) -> Reading:
        """Time in s until it is warm; 0 when it is."""
        ...

    async def set_range(self, fraction: float) -> None:
        """The smallest range that holds `fraction` in mol/mol."""
        ...

    async def zero(self) -> None:
        """The gas at the sensor counts as its zero gas (by its manual: 0 or 400e-6 mol/mol)."""
        ...

    async def span(self, fraction: float) -> None:
        """The gas at the sensor counts as `fraction` in mol/mol."""
        ...

    async def automatic_baseline(self, on: bool) -> None:
        """The sensor's own correction of its zero over days, on or off."""
        ...

    async def alarm(self) -> bool:
        """Whether the sensor's or reader's own alarm stands."""
        ...
