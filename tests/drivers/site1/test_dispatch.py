"""SITE1 dispatch driver against a transcript (tests/golden/site1/dispatch.toml)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from drivers.conformance.scripted_topics import ScriptedTopics
from drivers.roles.power_dispatch import PowerDispatch
from drivers.site1.dispatch import Site1Dispatch
from labctl.errors import InstrumentError, LimitRefused, LinkError
from tests.drivers import scripted
from tests.drivers.scripted import transcript

FILE = "site1/dispatch"


def used(use: Callable[[Site1Dispatch], Awaitable[Any]], *scenes: str, **limits: float) -> Any:
    link = ScriptedTopics(transcript(FILE, "identify", *scenes))
    driver = Site1Dispatch(link, limits)
    as_role: PowerDispatch = driver
    assert as_role is driver
    return scripted.used(driver, link, use)


def test_a_command_tells_how_far_the_clocks_are_apart() -> None:
    command = used(lambda site: site.set_power(500.0, -100.0), "power")
    assert (command.count, command.active, command.reactive) == (4, 500.0, -100.0)
    assert command.taken.stamp == pytest.approx(1767225605.012345, abs=1e-6)
    assert command.taken.doubt == pytest.approx(0.005, abs=1e-6), "half of what the answer took"


def test_a_late_answer_to_another_number_is_not_taken_for_its_own() -> None:
    command = used(lambda site: site.set_power(500.0), "power_twice")
    assert command.active == 500.0


def test_a_refused_command_names_the_code_and_a_remedy() -> None:
    with pytest.raises(InstrumentError, match="not_dispatched") as caught:
        used(lambda site: site.set_power(500.0), "power_not_dispatched")
    assert "dispatch" in caught.value.remedy


def test_another_power_in_force_is_an_error() -> None:
    with pytest.raises(InstrumentError, match="not taken"):
        used(lambda site: site.set_power(500.0), "power_other")


@pytest.mark.parametrize(
    ("scene", "error"), [("silent", LinkError), ("silent_gone", InstrumentError)]
)
def test_silence_is_explained_by_the_last_will(scene: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        used(lambda site: site.set_power(500.0), scene)


def test_a_site_that_does_not_follow_is_left_alone() -> None:
    used(Site1Dispatch.safe, "safe_not_followed")


def test_beyond_the_bench_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(LimitRefused):
        used(lambda site: site.set_power(-501.0), active_power=500.0)
    with pytest.raises(LimitRefused):
        used(lambda site: site.set_power(0.0, 501.0), reactive_power=500.0)


def test_beyond_the_site_is_refused() -> None:
    with pytest.raises(LimitRefused, match="22500"):
        used(lambda site: site.set_power(30_000.0), "power_beyond")


@pytest.mark.parametrize(
    "options",
    [{"site": "a/b"}, {"client": "#"}, {"valid": 0.0}, {"valid": 1e9}, {"valid": "x"}, {"qos": 1}],
)
def test_wrong_options_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        Site1Dispatch.configured(options)
