"""Cycle lives out of checks that are written down: run to the end, alive, or extrapolated."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labctl.evidence import Figure
from labctl.judging.estimates import CENSORED
from labctl.judging.marks import EXTRAPOLATED
from labctl.quantity import Quantity
from labctl.uncertainty import MonteCarlo
from procedures.methods.hybrid_storage.life import Check, Life, planned_cycles
from procedures.methods.hybrid_storage.life_figure import (
    ALIVE,
    conditions,
    evidence_of,
    run_life,
)
from procedures.methods.hybrid_storage.plant import ENERGY, FADE, Plant
from procedures.methods.trace import trace
from tests.procedures.fake_run import FakeRun
from tests.procedures.methods.hybrid_storage.test_plant import cycle, plant, read

COEFFICIENTS = {FADE: Quantity(-0.06, "1/K", 0.006), ENERGY: Quantity(0.003, "1/K", 0.0003)}


def checks(life: float, until: int, noise: float = 0.0) -> tuple[Check, ...]:
    """Checks each 252 cycles of a station that gives 213 kWh at first and 60 % of it at `life`."""
    rng = np.random.default_rng(3)
    found: list[Check] = []
    for number in range(until):
        count = 1 + number * 252
        kept = 1.0 - 0.4 * (count - 1) / (life - 1) + noise * rng.standard_normal()
        full, window = 213.0 * kept, 0.95 * 213.0 * kept
        seconds = 0.95 * 213.0 * kept * 36.0
        part = msgspec.structs.replace(
            cycle(window / 0.92, window / 0.92 - window),
            charge_seconds=seconds / 0.92,
            discharge_seconds=seconds,
            at_charged=seconds / 0.92 + 600.0,
            at_cycled=seconds / 0.92 + seconds + 1200.0,
        )
        seen = part if number % 4 == 0 else None
        found.append(Check(count, cycle(full / 0.92, full / 0.92 - full), seen))
    return tuple(found)


def lived(life: float, until: int, air: float = 25.0, noise: float = 0.0) -> Life:
    logged = trace([read(air, "degC", "logger")] * 12)
    return Life(checks(life, until, noise), (logged,) * (until - 1))


def judged(station: Plant, life: Life) -> Figure:
    run = FakeRun(station.sample)
    run.contributions = dict(station.contributions)
    found = evidence_of(run.run, station, life, "cycles_to_end_of_life", 0.6)
    figure = found.results["cycles_to_end_of_life"]
    assert isinstance(figure, Figure)
    return figure


@settings(max_examples=20)
@given(st.floats(2000.0, 5500.0), st.floats(23.5, 26.5))
def test_a_life_that_was_run_is_found_at_25_degrees(life: float, air: float) -> None:
    found = run_life(MonteCarlo(500, 1), plant(**COEFFICIENTS), lived(life, 26, air), 0.6)
    assert found[0] * (1.0 - 0.06 * (air - 25.0)) == pytest.approx(life, rel=2e-3)


def test_scatter_of_the_checks_and_temperature_are_its_uncertainty() -> None:
    found = run_life(MonteCarlo(8000, 1), plant(**COEFFICIENTS), lived(4500.0, 22, noise=1e-3), 0.6)
    by_air = 4500.0 * 0.06 * 0.15
    by_checks = 1e-3 / (0.4 / 4500.0)
    u = float(np.std(found[1:]))
    assert by_air < u < np.hypot(by_air, 2.0 * by_checks)
    assert abs(found[0] - 4500.0) < 3.0 * u


def test_a_station_that_is_alive_is_a_censored_reading() -> None:
    found = judged(plant(**COEFFICIENTS), lived(6500.0, 9))
    assert found.reasons == (CENSORED,) and found.value == 1 + 8 * 252


def test_one_that_is_to_be_extrapolated_says_so_and_is_far_less_certain() -> None:
    station = plant(**COEFFICIENTS)
    sample = msgspec.structs.replace(station.sample, aspects={ALIVE: EXTRAPOLATED})
    other = Plant(sample, station.transformer, station.contributions)
    found = judged(other, lived(6500.0, 9))
    assert found.reasons == (EXTRAPOLATED,)
    assert found.lo is not None and found.hi is not None and found.lo < 6500.0 < found.hi
    assert found.u > 500.0


def test_the_conditions_are_those_of_the_cycles_that_wear() -> None:
    station = plant(**COEFFICIENTS)
    run = FakeRun(station.sample)
    run.bands = {"temperature": (23.0, 27.0), "depth_of_discharge": (93.1, 96.9)}
    seen = {one.quantity: one for one in conditions(run.run, station, lived(4500.0, 22), 0.6)}
    assert seen["depth_of_discharge"].value == pytest.approx(95.0, rel=1e-6)
    assert seen["depth_of_discharge"].u < 0.2
    assert seen["discharge_p_rate"].value == pytest.approx(0.5, rel=1e-3)
    assert seen["charge_p_rate"].value == pytest.approx(0.5, rel=1e-3)
    assert seen["temperature"].value == pytest.approx(25.0) and seen["temperature"].u > 0.14
    assert seen["retention"].value == pytest.approx(60.0)


def test_the_sheet_may_plan_an_end() -> None:
    assert planned_cycles(plant(planned_cycles=Quantity(2500.0, "cyc"))) == 2500
    assert planned_cycles(plant()) == 20_000
