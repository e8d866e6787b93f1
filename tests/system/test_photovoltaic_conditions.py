"""Conditions over a long exposure: one short excursion is made up for, many make it invalid."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from labctl.requests import RunOutcome
from labctl.runfile import open_run
from labctl.verdict import ConditionVerdict, Outcome
from sim_backends.models.lamp import Lamp
from tests.system.photovoltaic_bench import FEW, lasting, measured

HOURS = 60.0
SOAKED = 12.0
"""Hours of run time after which the exposure is certainly under way."""


def dimmed(monkeypatch: pytest.MonkeyPatch, low: Callable[[float], bool]) -> None:
    """The lamp gives 5 % less while `low`(hours of run time) is true."""
    whole = Lamp.irradiance

    def irradiance(self: Lamp, t: float) -> float:
        return whole(self, t) * (0.95 if low(t / 3600) else 1.0)

    monkeypatch.setattr(Lamp, "irradiance", irradiance)


def tracked(tmp_path: Path) -> RunOutcome:
    return measured(tmp_path, lasting("1.2-06", HOURS), draws=FEW)


def told(outcome: RunOutcome, name: str) -> ConditionVerdict:
    [item] = outcome.items
    assert item.error is None
    return next(one for one in item.verdict.conditions if one.name == name)


def test_a_quiet_exposure_is_inside_all_the_time(tmp_path: Path) -> None:
    quiet = tracked(tmp_path)
    assert told(quiet, "irradiance").state == "held"
    assert told(quiet, "irradiance").share == 1.0
    names = [step.name for step in open_run(quiet.path).items[0].steps]
    assert not any("made-up" in name for name in names)


def test_a_short_excursion_is_fine_and_made_up_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quarter of an hour of low light: one or two readings of 360."""
    dimmed(monkeypatch, lambda hours: 20.0 <= hours < 20.25)
    outcome = tracked(tmp_path)
    light = told(outcome, "irradiance")
    assert light.state == "held"
    assert light.share is not None and 0.99 <= light.share < 1.0
    assert light.low is not None and light.low < 980.0
    duration = told(outcome, "duration")
    assert duration.state == "held"
    assert duration.value is not None and duration.value >= HOURS * (1 - 1e-9)
    names = [step.name for step in open_run(outcome.path).items[0].steps]
    assert any("made-up" in name for name in names)
    assert outcome.items[0].verdict.outcome is Outcome.PASS


def test_two_percent_of_the_time_outside_is_invalid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten minutes every 16 hours, and as long until the light is level again: 2 % in all."""
    dimmed(monkeypatch, lambda hours: hours > SOAKED and hours % 16.0 < 0.16)
    outcome = tracked(tmp_path)
    light = told(outcome, "irradiance")
    assert light.state == "not held"
    assert light.share is not None and 0.97 < light.share < 0.985
    assert "of the exposure" in light.reason
    assert outcome.items[0].verdict.outcome is Outcome.INVALID
