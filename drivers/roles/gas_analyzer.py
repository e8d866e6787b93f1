"""Role: gas analyzer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class GasAnalyzer(Driver, Protocol):
    """Reads the mole fractions of gas components continuously.

    While it warms up or is in fault its fractions are `InstrumentError`; a component out of range
    is `InstrumentError` too. A compensation or span beyond its range is `LimitRefused`.
    """

    async def components(self) -> tuple[str, ...]:
        """Formulas of the components it measures, in mol/mol each."""
        ...

    async def fractions(self) -> Mapping[str, Reading]:
        """Mole fraction of each component in mol/mol, by formula; `is_wet` says of which gas."""
        ...

    async def is_wet(self) -> bool:
        """Whether fractions in mol/mol are of the humid gas; else of the dried gas."""
        ...

    async def state(self) -> Literal["ok", "warm_up", "calibrating", "maintenance", "fault"]:
        """What the analyzer is doing."""
        ...

    async def set_compensation(self, *, pressure: float, oxygen: float, humidity: float) -> None:
        """Background it corrects for: absolute pressure in Pa, oxygen in mol/mol, humidity in %."""
        ...

    async def select_stream(self, stream: int) -> None:
        """Sample stream by number from 1; returns when the valve stands."""
        ...

    async def zero(self) -> Mapping[str, Reading]:
        """Zero on the gas at the inlet; the corrections made, in mol/mol, by formula."""
        ...

    async def span(self, component: str, fraction: float) -> Reading:
        """Set the span on a gas with `fraction` in mol/mol; the correction made, in mol/mol."""
        ...
