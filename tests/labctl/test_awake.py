"""A computer that was suspended: a gap from the last sign of life on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl import awake, clock
from labctl.awake import EVERY, LEAST, Awake, staying_awake
from labctl.holding import Control, Held


@given(st.floats(LEAST + 0.1, 1e7), st.booleans())
def test_nothing_went_on_whichever_clock_says_so(away: float, counts: bool) -> None:
    look = Awake(100.0, 1.7e9)
    passed = EVERY + (away if counts else 0.0)
    stood, gained = look.look(100.0 + passed, 1.7e9 + EVERY + away)
    assert stood == pytest.approx(away, abs=1e-5)
    assert gained == pytest.approx(0.0 if counts else away, abs=1e-5)


@given(st.floats(0.0, LEAST - 0.1), st.floats(-LEAST, LEAST - 0.1))
def test_what_is_late_or_corrected_by_little_is_no_gap(late: float, corrected: float) -> None:
    look = Awake(0.0, 1.7e9)
    stood, _ = look.look(EVERY + late, 1.7e9 + EVERY + min(late + corrected, LEAST - 0.1))
    assert stood == 0.0


def test_a_date_that_was_set_back_is_told_and_is_no_gap() -> None:
    look = Awake(0.0, 1.7e9)
    assert look.look(1.0, 1.7e9 - 3600.0) == (0.0, pytest.approx(-3601.0))


def test_the_item_leaves_its_bench_and_the_time_away_is_run_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(awake, "EVERY", 0.01)
    stamp, told = clock.stamp, list[tuple[str, str]]()

    def suspended() -> tuple[float, float]:
        t, utc = stamp()
        return t, utc + (7200.0 if t > 0.05 else 0.0)

    async def main() -> tuple[float, float]:
        monkeypatch.setattr(clock, "stamp", suspended)
        control = Control(lambda what, why: told.append((what, why)))
        async with staying_awake(control, lambda text: None):
            with pytest.raises(Held) as caught:
                await control.carry(clock.sleep(10.0))
            await control.released()
        return caught.value.since, clock.now()

    since, now = clock.run(main(), virtual=False)
    assert now - since == pytest.approx(7200.0, abs=10.0)
    assert [what for what, _ in told] == ["hold", "released"]
    assert "7200 s" in told[0][1]


def test_in_virtual_time_nothing_is_suspended() -> None:
    async def main() -> str:
        control = Control(lambda what, why: None)
        async with staying_awake(control, lambda text: None):
            await control.carry(clock.sleep(1e6))
        return control.state

    assert clock.run(main(), virtual=True) == "running"
