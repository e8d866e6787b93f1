from __future__ import annotations

import pytest

from labctl.errors import InstrumentError
from labctl.quantity import Quantity
from labctl.uncertainty import MonteCarlo
from procedures.methods.storage_cell.power_capability import WARMING, largest
from procedures.methods.storage_cell.pulse import (
    APART,
    FIRST,
    LESS,
    MARGINS,
    Pulse,
    Pulses,
    apart,
    next_current,
)
from tests.procedures.methods.storage_cell.made import air, cell, seen

OHM = 4e-3


def pulse(current: float, lower_start: float = 0.0) -> Pulse:
    """A pulse of a cell of 3.04 V behind 4 milliohm: 260 A bring it to 2 V."""
    volts = 3.04 - OHM * current - lower_start
    held = volts >= 2.0
    return Pulse(current, max(volts, 2.0), 30.0 if held else 3.0, held, 0.0, air(), 25.0, 5.0)


def search() -> list[Pulse]:
    found: list[Pulse] = []
    for _ in range(len(MARGINS) + 1):
        found.append(pulse(next_current(found, 2.0, 297.0)))
    return found


def test_the_search_comes_near_from_below() -> None:
    found = search()
    assert found[0].current == FIRST * 297.0
    assert all(one.held for one in found)
    assert 0.98 * 260.0 < found[-1].current < 260.0
    low, high = apart(found)
    assert high is found[-1] and low.current <= APART * high.current


def test_a_pulse_that_was_not_held_brings_the_next_one_down() -> None:
    assert next_current([pulse(280.0)], 2.0, 297.0) == pytest.approx(MARGINS[0] * 140.0)
    strong = [pulse(10.0), pulse(20.0)]
    assert next_current(strong, 1.0, 297.0) == 297.0
    odd = [pulse(20.0), Pulse(30.0, 3.2, 30.0, True, 0.0, air(), 25.0, 1.0)]
    with pytest.raises(InstrumentError, match="lower the voltage"):
        next_current(odd, 2.0, 297.0)


def test_the_largest_rate_is_read_with_its_uncertainty() -> None:
    found = search()
    lower = pulse(LESS * found[-1].current, lower_start=0.05 * 2.0)
    one = cell(**{WARMING: Quantity(0.01, "1/K", 0.0015)})
    draws = largest(MonteCarlo(4000, 1), one, Pulses(seen(7200.0), found, lower))
    assert draws[0] == pytest.approx(5.2, rel=2e-3)
    # 0.18 K of 1 %/K, 1.4 mV over 4 milliohm
    assert 0.002 < draws.std() / 5.2 < 0.004
