"""The cell through time: many short steps are one long one, charge is kept, voltages foretold."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.data.battery import THIN_FILM
from sim_backends.models.battery_cell import ForeseenCellPort
from sim_backends.models.zinc_cell import Worn, ZincCell, with_parasitic
from sim_backends.models.zinc_state import ZincState

CELL = THIN_FILM.cell
TIGHT = with_parasitic(CELL, 0.0)


def state(cell: ZincCell = CELL, share: float = 0.4, celsius: float = 25.0) -> ZincState:
    return ZincState(cell, lambda _: celsius, share=share)


def test_it_can_be_foreseen() -> None:
    assert isinstance(state(), ForeseenCellPort)


@settings(derandomize=True, max_examples=30)
@given(st.floats(-0.1, 0.1), st.lists(st.floats(1.0, 900.0), min_size=2, max_size=8))
def test_short_steps_are_one_long_step(current: float, steps: list[float]) -> None:
    once, often = state(), state()
    once.drive(current, 0.0)
    often.drive(current, 0.0)
    t = 0.0
    for step in steps:
        t += step
        often.voltage(t)
    assert often.voltage(t) == pytest.approx(once.voltage(t), abs=2e-6)


@settings(derandomize=True, max_examples=30)
@given(st.sampled_from([0.05, 0.5, 2.5]), st.booleans(), st.floats(5.0, 45.0))
def test_a_voltage_is_there_when_it_was_foretold(size: float, up: bool, celsius: float) -> None:
    cell = state(share=0.4, celsius=celsius)
    cell.drive(size if up else -size, 10.0)
    target = CELL.upper if up else CELL.lower
    when = cell.reaches(target, 10.0)
    # Parasitic currents count with a mean, which leaves seconds of a charge of hours.
    assert when > 10.0 and cell.voltage(when) == pytest.approx(target, abs=2e-3)
    assert cell.reaches(target - (0.1 if up else -0.1), when) == when


def test_nothing_is_reached_at_rest() -> None:
    assert state().reaches(1.2, 0.0) == inf


def test_without_losses_all_charge_comes_back() -> None:
    cell = state(TIGHT, 0.1)
    cell.drive(0.05, 0.0)
    cell.drive(-0.05, 7200.0)
    cell.drive(0.0, 14400.0)
    assert cell.voltage(40000.0) == pytest.approx(state(TIGHT, 0.1).voltage(0.0), abs=5e-4)


def test_parasitic_currents_empty_a_resting_cell() -> None:
    cell = state()
    assert cell.voltage(30 * 86400.0) < state().voltage(0.0) - 0.02


def test_diffusion_is_solved_as_a_plane_sheet_would() -> None:
    """The surface of a plane sheet under constant flux, by its series (Crank, The Mathematics of
    Diffusion, 1975, eq. 4.55), runs ahead of the mean by tau / 3 I / Q in the end; one mode of it
    is within 8 % from a fifth of tau on."""
    tau, rate = 300.0, 1.0 / 3600.0
    fo = np.array([0.2, 0.4, 1.0])
    n = np.arange(1, 400)[:, None]
    series = 1.0 / 3.0 - 2.0 / np.pi**2 * np.sum(np.exp(-((n * np.pi) ** 2) * fo) / n**2, axis=0)
    one_mode = (1.0 - np.exp(-(np.pi**2) * fo)) / 3.0
    assert np.all(np.abs(one_mode / series - 1.0) < 0.08)
    cell = replace(TIGHT, diffusion=tau / (TIGHT.mass / TIGHT.area) ** 2)
    made = state(cell, 0.3)
    charge = cell.capacity * cell.mass
    made.drive(rate * charge, 0.0)
    for part, lead in zip(fo, one_mode, strict=True):
        made.voltage(part * tau)
        assert made._lead == pytest.approx(lead * tau * rate, rel=1e-6)  # pyright: ignore[reportPrivateUsage]


def test_a_discharge_after_a_charge_is_a_cycle() -> None:
    cell = state()
    for t in (0.0, 200.0, 400.0):
        cell.drive(0.1, t)
        cell.drive(0.0, t + 50.0)
        cell.drive(-0.1, t + 100.0)
        cell.drive(-0.1, t + 150.0)
    assert cell.worn.cycles == 3.0


def test_what_is_repeated_ages_the_cell_and_changes_nothing_else() -> None:
    cell = state()
    cell.mark(0.0)
    cell.drive(0.1, 0.0)
    cell.drive(-0.1, 100.0)
    cell.drive(0.0, 200.0)
    before = cell.voltage(200.0)
    cell.suspend(200.0)
    assert cell.voltage(5000.0) == before
    cell.repeat(99, 20000.0)
    assert cell.worn == Worn(100.0, 0.0)
    assert cell.voltage(20000.0) == pytest.approx(before, abs=1e-3)


def test_warmth_makes_room_and_no_charge() -> None:
    warmth = [25.0]
    cell = ZincState(TIGHT, lambda _: warmth[0], share=0.5)
    held = 0.5 * TIGHT.capacity * TIGHT.mass
    warmth[0] = 35.0
    cell.voltage(1.0)
    assert cell._share * cell._now.charge == pytest.approx(held)  # pyright: ignore[reportPrivateUsage]
