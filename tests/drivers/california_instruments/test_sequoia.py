"""Sequoia driver against a transcript (tests/golden/california_instruments/sequoia.toml)."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from drivers.california_instruments import _sequoia_list as lists
from drivers.california_instruments import _sequoia_sheet as sheet
from drivers.california_instruments.sequoia import Sequoia
from drivers.roles.grid_simulator import GridEvent, GridSimulator
from labctl.errors import Defect, InstrumentError, LimitRefused, LinkError
from tests.drivers import scripted
from tests.drivers.scripted import ScriptedMessages, run, transcript

FILE = "california_instruments/sequoia"
STEP = GridEvent(1.0, 49.5, 0.0, 2.0)


def used(use: Callable[[Sequoia], Awaitable[Any]], *scenes: str, **limits: float) -> Any:
    link = ScriptedMessages(transcript(FILE, "identify", *scenes))
    driver = Sequoia(link, limits)
    as_role: GridSimulator = driver
    assert as_role is driver
    return scripted.used(driver, link, use)


def test_the_model_tells_the_rating() -> None:
    assert sheet.rating_of("SQ0090") == sheet.Rating(125.0, 30e3)
    assert sheet.rating_of("sq0540-X") == sheet.Rating(750.0, 180e3)
    assert sheet.rating_of("MX45-3Pi") is None and sheet.rating_of("SQ0000") is None


def test_another_family_is_refused_with_a_remedy() -> None:
    driver = Sequoia(ScriptedMessages(transcript(FILE, "another_family")), {})
    with pytest.raises(InstrumentError, match="Sequoia") as caught:
        run(driver.identify)
    assert "MX45" in caught.value.answer and caught.value.remedy


def test_an_event_is_a_list_that_ends_where_it_began() -> None:
    base = lists.Base(230.0, 50.0, 0.0)
    found = lists.points([GridEvent(0.8, 49.5, math.pi / 6, 0.5)], 230.0, base)
    assert found[0] == pytest.approx((184.0, 49.5, 30.0, 0.5))
    assert found[-1] == (230.0, 50.0, 0.0, lists.SHORTEST)


@pytest.mark.parametrize(
    ("events", "scene"),
    [
        ([GridEvent(0.8, 50.0, math.pi / 6, 0.5)], "jump"),
        ([GridEvent(1.0, 49.9, 0.0, 1.0), GridEvent(1.0, 49.8, 0.0, 1.0)], "recorded"),
    ],
)
def test_events_are_loaded_then_triggered(events: list[GridEvent], scene: str) -> None:
    begun = used(lambda grid: grid.play_sequence(events), scene)
    assert begun.unit == "s"
    assert 0.0 < begun.accuracy.offset < 0.1, "half of the time to the trigger's answer"
    assert begun.value <= begun.t


def test_a_tripped_simulator_plays_nothing() -> None:
    with pytest.raises(InstrumentError, match="temperature") as caught:
        used(lambda grid: grid.play(STEP), "play_tripped")
    assert caught.value.remedy


def test_phases_of_different_voltages_are_refused() -> None:
    with pytest.raises(LimitRefused, match="220 V"):
        used(lambda grid: grid.play(STEP), "uneven")


@pytest.mark.parametrize(
    "use",
    [
        lambda grid: grid.set_voltage(350.0, phases=[1, 2, 3]),
        lambda grid: grid.set_voltage(260.0, phases=[1, 2, 3]),
        lambda grid: grid.set_voltage(230.0, phases=[]),
        lambda grid: grid.set_voltage(230.0, phases=[4]),
        lambda grid: grid.set_frequency(15.0),
        lambda grid: grid.set_frequency(46.0),
        lambda grid: grid.set_frequency(math.nan),
        lambda grid: grid.set_harmonics({5: 0.02}),
        lambda grid: grid.play(GridEvent(1.2, 50.0, 0.0, 1.0)),
        lambda grid: grid.play(GridEvent(1.0, 46.0, 0.0, 1.0)),
        lambda grid: grid.play(GridEvent(1.0, 50.0, 4.0, 1.0)),
        lambda grid: grid.play(GridEvent(1.0, 50.0, 0.0, 0.0)),
        lambda grid: grid.play_sequence([]),
        lambda grid: grid.play_sequence([STEP] * 100),
        lambda grid: grid.measure(0),
    ],
)
def test_beyond_instrument_or_bench_is_refused(use: Callable[[Any], Awaitable[Any]]) -> None:
    with pytest.raises(LimitRefused):
        used(use, voltage=250.0, frequency_min=47.0, frequency_max=52.0)


def test_a_sine_is_no_harmonics() -> None:
    used(lambda grid: grid.set_harmonics({}))
    used(lambda grid: grid.set_harmonics({3: 0.0}))


@pytest.mark.parametrize(
    "options", [{"phases": 2}, {"nominal": 0.0}, {"nominal": 400.0}, {"voltage": 230.0}]
)
def test_wrong_options_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        Sequoia.configured(options)


def test_a_reading_has_the_limits_of_its_model() -> None:
    found = used(lambda grid: grid.measure(1), "measure")
    assert found.current.accuracy.offset == pytest.approx(0.25)
    assert found.power.accuracy.offset == pytest.approx(90.0)


def test_a_line_that_answers_nothing_has_heard_that_the_output_goes_off() -> None:
    link = ScriptedMessages([{"send": ":OUTP 0"}, {"send": ":SYST:ERR?"}])
    with pytest.raises(LinkError):
        run(Sequoia(link).safe)
    assert link.is_done()


def test_before_it_is_known_it_is_not_switched_on() -> None:
    link = ScriptedMessages([{"send": ":STAT:QUES:COND?", "answer": "0"}])
    with pytest.raises(Defect):
        run(lambda: Sequoia(link).output(True))
    assert link.is_done()
