from __future__ import annotations

import math

import pytest

from labctl.quantity import Quantity
from labctl.uncertainty import MonteCarlo
from procedures.methods.storage_cell.cycle_life import cycles_to_end, depth_of
from procedures.methods.storage_cell.life import (
    LONGEST,
    SHORTEST,
    Check,
    Terms,
    next_seconds,
    part_length,
)
from tests.procedures.methods.storage_cell.made import air, cell, seen

TERMS = Terms(0.5, 0.5, 0.95, 0.6)
SHEET = {
    "ageing_activation_energy": Quantity(0.3, "eV", 0.03),
    "life_rate_exponent": Quantity(0.2, "dimensionless", 0.05),
    "life_depth_exponent": Quantity(-1.0, "dimensionless", 0.15),
}
FULL = 7200.0


def checks(life: float, last: float, celsius: float = 25.0, depth: float = 0.95) -> list[Check]:
    """Checks each 400 cycles of a cell that loses 40 % in a straight line over `life` cycles."""
    found: list[Check] = []
    for count in range(1, int(last), 400):
        kept = FULL * (1.0 - 0.4 * (count - 1.0) / life)
        scatter = 0.4 * math.sin(1.7 * count)
        half = FULL * (1.0 - 0.4 * (count - 201.0) / life)
        found.append(Check(count, depth * half, air(celsius), seen(kept + scatter)))
    return found


def test_the_crossing_is_the_life_and_the_temperature_leads_its_uncertainty() -> None:
    mc = MonteCarlo(4000, 1)
    found = cycles_to_end(mc, cell(**SHEET), checks(8000.0, 9300.0), TERMS)
    assert found[0] == pytest.approx(8001.0, rel=2e-3)
    # 0.18 K of 3.9 %/K, and 0.3 % of the rate
    assert found.std() / 8000.0 == pytest.approx(0.0071, rel=0.15)


@pytest.mark.parametrize(("celsius", "more"), [(25.5, 1.0), (24.5, -1.0)])
def test_a_life_in_warm_air_is_told_longer(celsius: float, more: float) -> None:
    mc = MonteCarlo(50, 1)
    found = cycles_to_end(mc, cell(**SHEET), checks(8000.0, 9300.0, celsius), TERMS)[0]
    assert found / 8001.0 - 1.0 == pytest.approx(more * 0.0196, rel=0.05)


def test_a_life_of_shallow_cycles_is_told_shorter() -> None:
    mc = MonteCarlo(50, 1)
    shallow = checks(8000.0, 9300.0, depth=0.93)
    assert depth_of(shallow) == pytest.approx(0.93, abs=1e-3)
    found = cycles_to_end(mc, cell(**SHEET), shallow, TERMS)[0]
    assert found / 8001.0 == pytest.approx(0.93 / 0.95, abs=2e-3)


def test_parts_grow_with_what_the_fade_allows_and_not_at_once() -> None:
    start = checks(8000.0, 2.0)
    assert part_length(start, 0.6) == 50
    assert part_length(checks(8000.0, 402.0), 0.6) == pytest.approx(400, abs=2)
    assert part_length(checks(80_000.0, 1202.0), 0.6) == LONGEST
    assert part_length(checks(900.0, 402.0)[:2], 0.99) == SHORTEST


def test_a_discharge_is_timed_for_the_middle_of_the_next_part() -> None:
    known = checks(8000.0, 802.0)
    last = known[-1].seen.legs[-1].seconds
    fall = 0.4 / 8000.0 * FULL * 200.0
    assert next_seconds(known, TERMS, 25.0, 400) == pytest.approx(0.95 * (last - fall), rel=1e-3)
    assert next_seconds(known[:1], TERMS, 25.0, 50) == pytest.approx(0.95 * FULL, rel=1e-3)
