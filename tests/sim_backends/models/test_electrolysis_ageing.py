from __future__ import annotations

import pytest

from sim_backends.data.electrolysis import AGEING
from sim_backends.models.electrolysis_ageing import Age, Load, grown, lasting, scaled


def aged(*steps: tuple[float, float]) -> Age:
    age = Age(AGEING)
    for density, hours in steps:
        age.drive(density)
        age.advance(hours)
    return age


def test_one_long_step_is_as_many_short_ones() -> None:
    long, short = aged((1.0, 500.0)), aged(*[(1.0, 5.0)] * 100)
    assert long.condition.kinetic == pytest.approx(short.condition.kinetic)
    assert long.condition.grown == pytest.approx(short.condition.grown)
    assert long.condition.bubbles == pytest.approx(short.condition.bubbles)


def test_bubbles_recover_at_rest_and_the_rest_does_not() -> None:
    worked, rested = aged((1.0, 200.0)), aged((1.0, 200.0), (0.0, 3.0))
    assert worked.condition.bubbles == pytest.approx(AGEING.bubbles, rel=0.01)
    assert rested.condition.bubbles < 1e-3 * AGEING.bubbles
    assert rested.condition.kinetic > worked.condition.kinetic
    assert rested.condition.grown == worked.condition.grown


def test_swings_and_stops_cost() -> None:
    steady = aged((1.0, 10.0)).condition.kinetic
    swung = aged((1.0, 5.0), (2.0, 0.0), (1.0, 5.0)).condition.kinetic
    stopped = aged((1.0, 5.0), (0.0, 0.0), (1.0, 5.0)).condition.kinetic
    assert swung - steady == pytest.approx(2.0 * AGEING.swing)
    assert stopped - steady == pytest.approx(AGEING.stop + 2.0 * AGEING.swing)


def test_the_sum_of_a_load_is_what_a_cell_goes_through() -> None:
    age = aged((1.0, 600.0), (2.0, 400.0), (0.0, 0.0))
    load = Load(1000.0, 1000.0, 600.0 + 400.0 * 2.0**AGEING.order, 4.0, 1.0)
    condition = age.condition
    assert condition.kinetic + condition.grown == pytest.approx(lasting(AGEING, load))
    assert grown(AGEING, 500.0, 500.0) + grown(AGEING, 500.0) == pytest.approx(
        grown(AGEING, 1000.0)
    )


def test_wear_scales_what_lasts_alone() -> None:
    double = scaled(AGEING, 2.0)
    load = Load(100.0, 100.0, 100.0, 10.0, 5.0)
    assert lasting(double, load) == pytest.approx(2.0 * lasting(AGEING, load))
    assert double.bubbles == AGEING.bubbles
