"""An exposure runs on for what was spent outside a band, and no further."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from labctl import clock
from procedures.methods.endurance.exposing import expose
from tests.procedures.fake_rig import sample
from tests.procedures.fake_run import FakeRun


def exposed(held: Callable[[float], float]) -> float:
    """Seconds for which an exposure of 1000 s went on; `held(seconds so far)` counts."""

    async def look(elapsed: float, before: float | None) -> float:
        return elapsed

    async def main() -> float:
        run = FakeRun(sample()).run
        await expose(run, "soak", 1000.0, 10.0, look, float, lambda _: held(clock.now()), 0.9)
        return clock.now()

    return clock.run(main(), virtual=True)


def test_nothing_is_added_where_all_was_held() -> None:
    assert exposed(lambda seconds: seconds) == pytest.approx(1000.0)


def test_an_excursion_is_made_up_for() -> None:
    assert exposed(lambda seconds: seconds - 15.0) == pytest.approx(1015.0)


def test_one_that_goes_on_and_on_is_given_up() -> None:
    assert exposed(lambda seconds: 990.0) == pytest.approx(1030.0)


def test_what_makes_the_test_invalid_is_not_made_up_for() -> None:
    assert exposed(lambda seconds: 900.0) == pytest.approx(1000.0)
