from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from labctl.quantity import Quantity
from sim_backends.models import sensor_chip
from sim_backends.models.sensor_cell import SAMPLE, SensorCell
from sim_backends.models.sensor_chip import NAMES, SensorChip
from sim_backends.models.syringe import Syringe
from sim_backends.samples.voltammetry import draw_chip

CHIP = draw_chip(np.random.default_rng(4))


def cell(chip: SensorChip = CHIP, flow: float = 1e-8) -> SensorCell:
    syringe = Syringe(0.01457)
    syringe.drive(flow / syringe.area, 0.0)
    made = SensorCell(chip, syringe, standards=(1.0,) * 6, dilution=0.0, seed=1, t0=0.0)
    made.route(101, 0.0)
    return made


def stripped(one: SensorCell, t: float, seconds: float = 100.0) -> dict[str, float]:
    """Coulombs of each metal after a deposition of `seconds` from `t` on."""
    one.current(-1.17, t)
    one.current(-1.17, t + seconds)
    return dict(zip(NAMES, one._films, strict=True))


def test_what_people_add_is_plated() -> None:
    bare = replace(CHIP, residue=(0.0,) * 6, scatter=(0.0,) * 6, sample=(0.0,) * 6)
    one = cell(bare)
    one.acted("a/syringe", SAMPLE, 0.0)
    one.acted("a/lead", Quantity(10.0, "ug/L"), 0.0)
    films = stripped(one, 300.0)
    assert films["lead"] > 1e-9
    assert max(films[name] for name in NAMES if name != "lead") < 1e-15


def test_films_are_proportional_to_time_and_stripped_at_the_end() -> None:
    short, long = stripped(cell(), 300.0, 50.0), stripped(cell(), 300.0, 100.0)
    # The fill after 40 s has other residues: the sum tells the time, not each metal alone.
    assert 1.5 < sum(long.values()) / sum(short.values()) < 2.5
    one = cell()
    stripped(one, 300.0)
    one.current(0.6, 400.0)
    one.current(0.6, 410.0)
    assert max(one._films) < 1e-15


def test_a_dry_chip_fills_and_a_dead_pad_leaks() -> None:
    one = cell()
    assert abs(one.current(-0.6, 1.0)) < 1e-9
    filled = sensor_chip.filling(replace(CHIP, flow=1e-8))
    early, late = one.current(-0.6, filled - 20.0), one.current(-0.6, filled + 30.0)
    assert abs(early) < 0.9 * abs(late)
    dead = cell(replace(CHIP, areas=(0.0, *CHIP.areas[1:])))
    assert dead.current(0.3, 300.0) == pytest.approx(6e-10)
    dead.route(102, 301.0)
    assert abs(dead.current(-0.6, 302.0)) > 1e-7
    dead.route(0, 303.0)
    assert abs(dead.current(-0.6, 304.0)) < 1e-8


def test_figures_follow_from_the_parameters() -> None:
    assert sensor_chip.detected(sensor_chip.without(CHIP, (0, 3))) == 4
    assert sensor_chip.detection_limit(sensor_chip.with_scatter(CHIP, 0.2)) == pytest.approx(0.6)
    longer = replace(CHIP, deposition=CHIP.deposition + 60.0)
    assert sensor_chip.analysis_time(longer) - sensor_chip.analysis_time(CHIP) == pytest.approx(
        60.0
    )


def test_residues_differ_from_fill_to_fill() -> None:
    one = cell()
    seen = []
    for t in (300.0, 400.0, 500.0):
        one.current(0.0, t)
        seen.append(one._now)
    assert len(set(seen)) == 3
