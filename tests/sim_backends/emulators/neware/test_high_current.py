"""Three channels in parallel: 280 A in a pulse, limits of error, leaps of a long loop."""

from __future__ import annotations

import pytest

from sim_backends.data.storage_cell import SODIUM_ION
from sim_backends.emulators.neware.high_current import FULL, Group, HighCurrentBts, is_too_much
from sim_backends.emulators.neware.step_file import Program, Protection, Record, Step, StepType
from sim_backends.models.storage_state import StorageState
from sim_backends.streams import stream

CELL = SODIUM_ION.cell


def group(share: float = 0.5, seed: int = 1) -> tuple[Group, StorageState]:
    state = StorageState(CELL, lambda _: 25.0, share=share)
    machine = HighCurrentBts((state,), serial="SIM-3", rng=stream(seed, "bts"))
    (channel,) = machine.channels
    assert isinstance(channel, Group)
    channel.regulator.open(0.0)
    return channel, state


def finish(channel: Group) -> None:
    while (due := channel.due()) is not None:
        channel.act(due)


def program(*steps: Step) -> Program:
    return Program((*steps, Step(StepType.END)), Protection(), Record(seconds=60.0))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_pulse_flows_within_the_limits_of_error(seed: int) -> None:
    channel, state = group(seed=seed)
    pulse = Step(StepType.CC_DISCHARGE, current=280.0, stop_voltage=1.5, seconds=30.0)
    assert channel.start(program(pulse), "pulse", 1, 0.0)
    finish(channel)
    last = channel.log.points[-1]
    assert last.current == pytest.approx(-280.0, abs=0.02)
    true = (0.5 - state.share) * CELL.charge / 30.0
    assert 0.0 < abs(true - 280.0) < 5e-4 * FULL + 0.05


def test_more_than_the_group_has_is_not_started() -> None:
    channel, _ = group()
    more = Step(StepType.CC_DISCHARGE, current=301.0, stop_voltage=2.0)
    assert is_too_much(more) and not channel.start(program(more), "more", 1, 0.0)
    assert is_too_much(Step(StepType.CC_CHARGE, current=1.0, stop_voltage=5.5))
    held = Step(StepType.CCCV_CHARGE, current=50.0, voltage=3.9, stop_current=10.0)
    assert channel.start(program(held), "held", 2, 0.0)
    finish(channel)
    assert channel.log.points[-1].voltage == pytest.approx(3.9, abs=0.01)


def test_a_long_loop_is_leapt_through_and_counted_whole() -> None:
    channel, state = group(share=0.1)
    body = (
        Step(StepType.CC_CHARGE, current=100.0, stop_voltage=CELL.upper),
        Step(StepType.CC_DISCHARGE, current=100.0, stop_voltage=CELL.lower, seconds=1500.0),
    )
    assert channel.start(program(*body, Step(StepType.CYCLE, first=1, count=450)), "life", 1, 0.0)
    finish(channel)
    assert channel.cycle == 450 and len(channel.log.points) < 600
    one = CELL.fade.cycle * 2.0**CELL.fade.rate
    assert 450 * 0.6 * one < state.wear < 450 * 2.2 * one
