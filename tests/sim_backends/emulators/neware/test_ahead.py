"""Loops on a cell that can be foreseen: leapt over, counted whole, and stopped half way."""

from __future__ import annotations

import math

import pytest

from sim_backends.data.battery import THIN_FILM
from sim_backends.emulators.neware.ahead import LEAP, Ahead, Leap, sampled
from sim_backends.emulators.neware.channel import CyclerChannel, Work
from sim_backends.emulators.neware.step_file import Program, Protection, Record, Step, StepType
from sim_backends.models.battery_cell import BatteryCell, CellParameters
from sim_backends.models.zinc_state import ZincState
from sim_backends.streams import stream

CELL = THIN_FILM.cell
CURRENT = 5e3 * CELL.mass


def program(cycles: int) -> Program:
    return Program(
        (
            Step(StepType.CC_CHARGE, current=CURRENT, stop_voltage=CELL.upper),
            Step(StepType.REST, seconds=5.0),
            Step(StepType.CC_DISCHARGE, current=CURRENT, stop_voltage=CELL.lower),
            Step(StepType.REST, seconds=5.0),
            Step(StepType.CYCLE, first=1, count=cycles),
            Step(StepType.END),
        ),
        Protection(),
        Record(60.0),
    )


def channel() -> tuple[CyclerChannel, ZincState]:
    cell = ZincState(CELL, lambda _: 25.0, share=0.3)
    return CyclerChannel(cell, stream(1, "cycler")), cell


def run(made: CyclerChannel, until: float = math.inf) -> float:
    t = 0.0
    while (due := made.due()) is not None and due <= until:
        t = due
        made.act(t)
    return t


def test_a_long_loop_is_counted_whole_and_takes_its_time() -> None:
    made, cell = channel()
    assert made.start(program(1000), "x", 1, 0.0)
    end = run(made)
    assert made.work is Work.FINISH and made.cycle == 1000
    assert cell.worn.cycles == 1000.0
    assert len(made.log.steps) < 4 * 1000 / 5
    last = sum(each.end.seconds for each in made.log.steps[-4:])
    first = sum(each.end.seconds for each in made.log.steps[4:8])
    assert last < first and last < end / 1000 < first


def test_a_leap_ages_as_the_cycles_one_by_one() -> None:
    leapt, one_by_one = channel(), channel()
    one_by_one[0]._ahead._bodies = -10_000  # pyright: ignore[reportPrivateUsage]
    charges: list[float] = []
    for made, _ in (leapt, one_by_one):
        bodies = made._ahead._bodies  # pyright: ignore[reportPrivateUsage]
        made.start(program(150), "x", 1, 0.0)
        made._ahead._bodies = bodies  # pyright: ignore[reportPrivateUsage]
        run(made)
        charges.append(made.log.steps[-2].end.charge)
    assert len(leapt[0].log.steps) < len(one_by_one[0].log.steps) == 600
    assert charges[0] == pytest.approx(charges[1], rel=2e-3)
    assert leapt[1].worn.cycles == one_by_one[1].worn.cycles == 150.0


def test_a_test_stopped_in_a_leap_has_done_its_share() -> None:
    made, cell = channel()
    made.start(program(400), "x", 1, 0.0)
    run(made, 1000.0)
    assert made._leap is not None  # pyright: ignore[reportPrivateUsage]
    run(made, 12_000.0)
    assert made.stop(12_000.0) and made.work is Work.STOP
    assert 20 < made.cycle < 60
    assert cell.worn.cycles == pytest.approx(made.cycle, abs=1.0)


def test_a_cut_off_is_met_at_the_next_sample() -> None:
    made, _ = channel()
    made.start(program(3), "x", 1, 0.0)
    run(made)
    slope = 5e-3
    for each in made.log.steps:
        if each.end.current > 0.0:
            assert CELL.upper - 1e-4 <= each.end.voltage < CELL.upper + slope
        if each.end.current < 0.0:
            assert CELL.lower - slope < each.end.voltage <= CELL.lower + 1e-4


def test_short_loops_and_other_cells_are_run_through() -> None:
    made, _ = channel()
    made.start(program(12), "x", 1, 0.0)
    run(made)
    assert len(made.log.steps) == 48
    other = Ahead(BatteryCell(CellParameters(), charge=0.5))
    assert not other.knows and other.reaches(3.0, 0.0) == math.inf
    assert other.leap(5, 500, 100.0) is None


def test_samples_and_shares() -> None:
    assert sampled(1.0, 1.23, 0.1) == pytest.approx(1.3)
    assert sampled(1.0, math.inf, 0.1) == math.inf
    leap = Leap(5, LEAP, 0.0, 1000.0)
    assert (leap.done(0.0), leap.done(505.0), leap.done(2000.0)) == (0, 50, LEAP)
