"""True figures against published ones, and against an independent integration."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim_backends.data.battery import THIN_FILM, UNIT_CELL
from sim_backends.models import stc
from sim_backends.models.zinc_cell import FRESH, Worn, present, with_parasitic
from sim_backends.samples import battery_figures as figures

THIN, THICK = THIN_FILM.cell, UNIT_CELL.cell


def test_a_slow_cycle_against_an_integration_in_small_steps() -> None:
    """The same equations, stepped by Euler with 0.2 s at constant temperature."""
    cell = with_parasitic(THIN, 0.0)
    current = cell.rated / 18000.0
    now = present(cell, FRESH, stc.TEMPERATURE)
    found = figures.rated_cycle(cell)
    share, lead, step = 0.97, 0.0, 0.2
    for sign, end in ((1.0, cell.upper), (0.0, 600.0), (-1.0, cell.lower)):
        clock, joule = 0.0, 0.0
        while True:
            settled = sign * current * now.lag / now.charge
            lead += (settled - lead) * step / now.relaxation
            share += sign * current * step / now.charge
            volts = now.potential(share + lead) + (now.loss(sign * current) if sign else 0.0)
            clock, joule = clock + step, joule + volts * current * step
            if (clock >= end) if sign == 0.0 else sign * (volts - end) >= 0.0:
                break
    assert found.discharge == pytest.approx(current * clock, rel=1e-4)
    assert figures.energy(found) == pytest.approx(joule, rel=2e-4)


def test_a_fast_discharge_gives_less_and_a_thick_electrode_much_less() -> None:
    """Zn0.25V2O5 kept 223 of 282 mAh/g from C/6 to 15 C (Kundu et al. 2016): some 80 %."""
    slow = figures.rated_cycle(THIN).discharge
    fast = figures.cycle(THIN, 15.0 * THIN.rated / 3600.0, FRESH, 5.0).discharge
    assert 0.1 < fast / slow < 0.85
    thick = figures.cycle(THICK, THICK.rated / 3600.0, FRESH, 5.0).discharge
    assert thick / figures.rated_cycle(THICK).discharge < 0.9


def test_a_life_keeps_what_was_published() -> None:
    """80 to 90 % after 10,000 cycles at 5 A/g is told of the best (Zhang et al. 2017)."""
    current = 5e3 * THIN.mass
    new = figures.cycle(THIN, current, FRESH, 5.0).discharge
    old = figures.cycle(THIN, current, Worn(10_000.0), 5.0).discharge
    assert 0.6 < old / new < 0.95


def test_the_efficiency_falls_in_proportion_to_what_is_lost() -> None:
    losses = [
        1.0 - figures.efficiency(with_parasitic(THIN, amount), 5e3) for amount in (0.0, 1.0, 2.0)
    ]
    assert 0.0 <= losses[0] < 2e-5
    assert np.diff(losses)[1] == pytest.approx(np.diff(losses)[0], rel=0.01)


def test_the_retention_by_bends_follows_the_isolated_mass() -> None:
    assert figures.retention(replace(THIN, isolating=0.0), 50_000.0, 0.015) == pytest.approx(1.0)
    hard = figures.retention(THIN, 50_000.0, 0.010)
    assert hard < figures.retention(THIN, 50_000.0, 0.015) < 1.0


def test_capacity_and_energy_go_with_mass_and_area() -> None:
    ratio = figures.specific_energy(THIN) / figures.specific_capacity(THIN)
    assert 0.9 < ratio < 1.0
    assert figures.areal_capacity(THIN) * THIN.area == pytest.approx(
        figures.specific_capacity(THIN) * THIN.mass
    )
    assert figures.areal_energy(THICK) / figures.areal_capacity(THICK) < ratio
