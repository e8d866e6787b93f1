"""Role: mass flow controller."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class GasFlow:
    """A gas flow at one instant: `flow` in m**3/s of the normal state, 0 degC and 101325 Pa
    (1 sccm is 1.6667e-8 m**3/s), the gas's temperature in degC and absolute pressure in Pa, None
    where the instrument has no such sensor."""

    flow: Reading
    temperature: Reading | None
    pressure: Reading | None


class MassFlowController(Driver, Protocol):
    """Holds a gas flow; flows are in m**3/s of the normal state, 0 degC and 101325 Pa.

    A flow beyond the controller's range for its gas, or the bench's limits, is `LimitRefused`. A
    valve at its end with the flow off target, and a gas it does not know, are `InstrumentError`.
    """

    async def set_gas(self, gas: str) -> None:
        """Gas by its formula (`N2`, `CO2`, `H2`); read back."""
        ...

    async def gas(self) -> str:
        """Formula of the gas that flows are given for, whatever their unit."""
        ...

    async def set_flow(self, flow: float) -> None:
        """Target in m**3/s at 0 degC and 101325 Pa; 0 closes the valve."""
        ...

    async def set_ramp(self, rate: float | None) -> None:
        """Rate of set point changes in m**3/s (0 degC, 101325 Pa) per second; None: at once."""
        ...

    async def setpoint(self) -> Reading:
        """Target that is in force, in m**3/s at 0 degC and 101325 Pa."""
        ...

    async def flow(self) -> GasFlow:
        """Flow in m**3/s at 0 degC and 101325 Pa, with temperature in degC and pressure in Pa."""
        ...

    async def total(self) -> Reading:
        """Gas passed since the totalizer's zero, in m**3 at 0 degC and 101325 Pa."""
        ...

    async def reset_total(self) -> None:
        """The totalizer at 0 m**3."""
        ...

    async def valve(self, state: Literal["control", "closed", "open"]) -> None:
        """Valve controlling, closed whatever the set point, or fully open."""
        ...
