from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.watlow.codes import Code
from sim_backends.emulators.watlow.profile import Profile, Runner, Step


def runner(*steps: Step) -> Runner:
    made = Runner((Profile("P", steps),))
    assert made.start(1, 1, (20.0, 50.0))
    return made


def test_ramps_and_instant_changes() -> None:
    made = runner(
        Step(Code.RAMP_TIME, (40.0, None), seconds=100.0),
        Step(Code.INSTANT, (None, 60.0), seconds=10.0),
        Step(Code.RAMP_RATE, (30.0, 50.0), rate=60.0),
        Step(Code.END, mode=Code.OFF),
    )
    made.go_on(50.0)
    assert made.guided == [30.0, 50.0]
    made.go_on(55.0)
    assert made.guided == [40.0, 60.0] and made.left == pytest.approx(5.0)
    made.go_on(10.0)
    assert made.guided == [35.0, 55.0]
    made.go_on(5.0)
    assert made.state is Code.COMPLETE and made.ended is Code.OFF


def test_jumps_repeat_and_endless_loops_end() -> None:
    made = runner(Step(Code.SOAK, seconds=10.0), Step(Code.JUMP, to=1, count=2))
    made.go_on(29.0)
    assert made.state is Code.RUNNING and made.step == 1
    made.go_on(1.0)
    assert made.state is Code.COMPLETE
    nothing = runner(Step(Code.JUMP, to=1, count=10**9))
    assert nothing.state is Code.COMPLETE


def test_what_cannot_be_started() -> None:
    made = runner(Step(Code.SOAK, seconds=10.0))
    assert not made.start(1, 1, (0.0, 0.0))
    made.terminate()
    assert made.state is Code.TERMINATED
    assert not made.start(2, 1, (0.0, 0.0)) and not made.start(1, 9, (0.0, 0.0))
    made.resume()
    made.pause()
    assert made.state is Code.TERMINATED and made.left == 0.0


@settings(derandomize=True, max_examples=50)
@given(st.lists(st.floats(0.0, 40.0), max_size=8))
def test_any_division_of_time_is_the_same(parts: list[float]) -> None:
    steps = (
        Step(Code.RAMP_TIME, (40.0, 60.0), seconds=30.0),
        Step(Code.SOAK, seconds=20.0),
        Step(Code.RAMP_RATE, (20.0, None), rate=20.0),
        Step(Code.END, mode=Code.HOLD),
    )
    one, many = runner(*steps), runner(*steps)
    one.go_on(sum(parts))
    for part in parts:
        many.go_on(part)
    assert many.guided == pytest.approx(one.guided)
