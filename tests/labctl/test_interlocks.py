"""Latches: when an interlock is not good, and when it is good again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl import clock
from labctl.errors import Defect, InterlockError, LinkError
from labctl.interlocks import Change, Finding, Latch, Terms, require_good

TERMS = Terms("door", "hold", every=10.0, lost_after=30.0, settle=25.0)
GOOD, BETWEEN, BAD = (Finding(one, one) for one in ("good", "between", "bad"))


def test_it_is_held_once_and_released_when_it_has_settled() -> None:
    latch = Latch(TERMS, 0.0)
    assert latch.found(GOOD, 0.0) is None
    assert latch.found(BAD, 10.0) == Change(False, "bad")
    assert latch.found(BAD, 20.0) is None
    assert latch.found(GOOD, 30.0) is None
    assert latch.found(GOOD, 54.0) is None
    assert latch.found(GOOD, 55.0) == Change(True, "good")
    assert latch.found(GOOD, 65.0) is None


def test_between_stays_as_it_was() -> None:
    latch = Latch(TERMS, 0.0)
    assert latch.found(BETWEEN, 10.0) is None
    latch.found(BAD, 20.0)
    assert latch.found(GOOD, 30.0) is None
    assert latch.found(BETWEEN, 40.0) is None
    assert latch.found(GOOD, 60.0) is None
    assert latch.found(GOOD, 84.0) is None
    assert latch.found(GOOD, 85.0) is not None


def test_a_flapping_sensor_holds_once_and_releases_never() -> None:
    latch = Latch(TERMS, 0.0)
    changes = [latch.found(BAD if n % 2 else GOOD, 10.0 * n) for n in range(1, 1000)]
    assert [change for change in changes if change is not None] == [Change(False, "bad")]


def test_an_interlock_that_is_not_heard_is_not_good() -> None:
    latch = Latch(TERMS, 100.0)
    assert latch.missed("silent", 129.0) is None
    change = latch.missed("silent", 130.0)
    assert change is not None and not change.good
    assert change.text == "no reading for 30 s: silent"
    assert latch.missed("silent", 500.0) is None
    assert latch.found(GOOD, 510.0) is None
    assert latch.found(GOOD, 540.0) == Change(True, "good")


def test_a_reading_that_hangs_is_noticed_by_the_clock() -> None:
    latch = Latch(TERMS, 0.0)
    latch.found(GOOD, 5.0)
    assert latch.due == 35.0
    assert latch.passed(34.0) is None
    change = latch.passed(35.0)
    assert change is not None and "no reading for 30 s" in change.text


def test_a_line_that_fails_is_named_when_the_clock_tells() -> None:
    latch = Latch(TERMS, 0.0)
    assert latch.missed("silent", 20.0, "tcp://gauge") is None
    assert latch.passed(30.0) == Change(False, "no reading for 30 s: silent", "tcp://gauge")


def test_time_alone_releases_only_what_is_told() -> None:
    asked, told = Latch(TERMS, 0.0), Latch(TERMS, 0.0, pushed=True)
    for latch in (asked, told):
        latch.found(BAD, 1.0)
        latch.found(GOOD, 2.0)
    assert asked.passed(27.0) is None
    assert told.passed(26.0) is None
    assert told.passed(27.0) == Change(True, "reads good")


@given(
    st.lists(
        st.tuples(st.sampled_from(("good", "between", "bad", "missed")), st.floats(0.1, 20.0)),
        max_size=60,
    )
)
def test_what_is_told_follows_what_was_read(told: list[tuple[str, float]]) -> None:
    """Changes alternate; good again comes after `settle` of good words, and bad at once."""
    latch, t, good_since, answered, held = Latch(TERMS, 0.0), 0.0, None, 0.0, False
    for word, step in told:
        t += step
        if word == "missed":
            change = latch.missed("silent", t)
            good_since = None
            expected = not held and t - answered >= TERMS.lost_after
            assert (change is not None and not change.good) == expected
        else:
            answered = t
            good_since = (good_since or t) if word == "good" else None
            change = latch.found(Finding(word, word), t)  # type: ignore[arg-type]
            settled = held and good_since is not None and t - good_since >= TERMS.settle
            assert (change is not None and change.good) == settled
            assert (change is not None and not change.good) == (word == "bad" and not held)
        if change is not None:
            assert change.good == held
            held = not held
        assert bool(latch.why) == held


@dataclass
class Scripted:
    """A watch that reads what it is told to, then the last for ever."""

    terms: Terms
    says: list[Finding | Exception]
    pushed: bool = False
    asked: list[float] = field(default_factory=list[float])

    async def read(self) -> Finding:
        self.asked.append(clock.now())
        one = self.says.pop(0) if len(self.says) > 1 else self.says[0]
        if isinstance(one, Exception):
            raise one
        return one

    @asynccontextmanager
    async def told(self) -> AsyncGenerator[AsyncIterator[Finding]]:
        async def each() -> AsyncIterator[Finding]:
            for _ in range(len(self.says)):
                yield await self.read()
            await asyncio.get_running_loop().create_future()

        yield each()


def test_all_are_read_before_anything_is_switched_on() -> None:
    good = Scripted(TERMS, [GOOD])
    between = Scripted(TERMS, [BETWEEN])
    clock.run(require_good([good, between]), virtual=True)
    assert good.asked == between.asked == [0.0]


def test_those_that_are_not_good_are_named() -> None:
    door = Scripted(TERMS, [Finding("bad", "the door is open")])
    gas = Scripted(Terms("gas", "trip"), [LinkError("no answer")])
    with pytest.raises(InterlockError) as caught:
        clock.run(require_good([Scripted(TERMS, [GOOD]), door, gas]), virtual=True)
    assert "door: the door is open" in caught.value.message
    assert "gas: no reading: no answer" in caught.value.message
    assert "[[interlocks]]" in caught.value.remedy
    assert gas.asked == [0.0, 10.0, 20.0, 30.0]


def test_a_reading_that_fails_once_is_asked_again() -> None:
    shaky = Scripted(TERMS, [LinkError("no answer"), GOOD])
    clock.run(require_good([shaky]), virtual=True)
    assert shaky.asked == [0.0, 10.0]


def test_what_is_told_is_waited_for() -> None:
    clock.run(require_good([Scripted(TERMS, [GOOD], pushed=True)]), virtual=True)
    with pytest.raises(InterlockError, match="door: bad"):
        clock.run(require_good([Scripted(TERMS, [BAD], pushed=True)]), virtual=True)
    with pytest.raises(InterlockError, match="nothing came"):
        clock.run(require_good([Scripted(TERMS, [], pushed=True)]), virtual=True)


def test_a_defect_is_not_a_failed_reading() -> None:
    with pytest.raises(Defect, match="ours"):
        clock.run(require_good([Scripted(TERMS, [Defect("ours")])]), virtual=True)
