"""Trying again: with growing waits, only what may be, and with the last error at the end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.links.retry import again
from drivers.links.settings import Backoff
from labctl import clock
from labctl.errors import InstrumentError, LabError, LinkError


class Flaky:
    """Fails `failures` times with `error`, then answers; notes when it was tried."""

    def __init__(self, failures: int, error: LabError) -> None:
        self.failures = failures
        self.error = error
        self.tried: list[float] = []

    async def work(self) -> str:
        self.tried.append(clock.now())
        if len(self.tried) <= self.failures:
            raise self.error
        return "done"


def test_waits_grow_up_to_the_longest() -> None:
    flaky = Flaky(4, LinkError("no answer"))
    backoff = Backoff(tries=5, first=1.0, factor=3.0, longest=5.0)
    assert clock.run(again(flaky.work, backoff), virtual=True) == "done"
    assert flaky.tried == [0.0, 1.0, 4.0, 9.0, 14.0]


@settings(max_examples=50, derandomize=True)
@given(st.integers(1, 6), st.integers(0, 8))
def test_as_often_as_allowed(tries: int, failures: int) -> None:
    flaky = Flaky(failures, LinkError("no answer"))
    work = again(flaky.work, Backoff(tries=tries))
    if failures < tries:
        assert clock.run(work, virtual=True) == "done"
    else:
        with pytest.raises(LinkError):
            clock.run(work, virtual=True)
    assert len(flaky.tried) == min(tries, failures + 1)


def test_an_instrument_that_refuses_is_not_asked_again() -> None:
    flaky = Flaky(1, InstrumentError("no"))
    with pytest.raises(InstrumentError):
        clock.run(again(flaky.work, Backoff()), virtual=True)
    assert len(flaky.tried) == 1
