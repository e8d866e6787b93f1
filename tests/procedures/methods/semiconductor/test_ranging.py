from __future__ import annotations

from typing import Any

import pytest

from drivers.roles.source_meter import IVPoint
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Reading
from procedures.methods.semiconductor.ranging import RANGES, ranged


class Meter:
    """A source meter at a device that takes `amperes`."""

    address = "test://meter"

    def __init__(self, amperes: float) -> None:
        self.amperes, self.held = amperes, 1.0

    async def source_voltage(
        self, level: float, *, compliance: float, voltage_range: float
    ) -> None:
        self.held = compliance

    async def measure(self) -> IVPoint:
        limited = abs(self.amperes) > self.held
        amps = self.held if limited else self.amperes
        volts = Reading(1.0, "V", 0.0, 0.0, "a", "1")
        return IVPoint(volts, Reading(amps, "A", 0.0, 0.0, "a", "1"), limited)


def read(amperes: float, start: int) -> tuple[float, int]:
    meter: Any = Meter(amperes)

    async def once() -> tuple[float, int]:
        point, index = await ranged(meter, 1.0, 20.0, start, 0.1)
        return point.current.value, index

    return clock.run(once(), virtual=True)


@pytest.mark.parametrize("start", [0, 4, len(RANGES) - 1])
@pytest.mark.parametrize("amperes", [3e-13, 5e-10, -2e-8, 9.5e-7, 4e-3, 1e-9, 0.99e-4])
def test_a_current_is_read_on_a_range_that_holds_it(amperes: float, start: int) -> None:
    value, index = read(amperes, start)
    assert value == amperes
    assert abs(amperes) <= RANGES[index]
    assert index == 0 or abs(amperes) >= 0.08 * RANGES[index]


def test_more_than_the_highest_range_is_an_error() -> None:
    with pytest.raises(InstrumentError, match="short"):
        read(1.0, 0)
