"""Role: leak detector (leak tester)."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class LeakDetector(Driver, Protocol):
    """Reads the leak rate of an object by tracer gas or by the flow that keeps its pressure.

    Leak rates are in Pa*m**3/s at 20 degC, of the gas and pressures of the test. A detector that is
    not ready or not calibrated is `InstrumentError`; a test pressure beyond its or the bench's
    limits is `LimitRefused`.
    """

    async def test(self, on: bool) -> None:
        """Measuring the object, or in stand-by; returns when the state is reached."""
        ...

    async def set_test_pressure(self, pressure: float) -> None:
        """Pressure of the object in Pa, for a tester that sets it."""
        ...

    async def leak_rate(self) -> Reading:
        """Leak rate in Pa*m**3/s, background taken off as by `set_background`."""
        ...

    async def inlet_pressure(self) -> Reading:
        """Pressure at the inlet in Pa."""
        ...

    async def set_background(self) -> None:
        """The present leak rate counts as the background, 0 Pa*m**3/s."""
        ...

    async def calibrate(self, leak_rate: float) -> Reading:
        """Calibrate with a reference leak of `leak_rate` in Pa*m**3/s (its certificate's value).

        The reading is the factor against the last calibration, dimensionless.
        """
        ...

    async def is_ready(self) -> bool:
        """Whether it is run up, calibrated and able to test."""
        ...
