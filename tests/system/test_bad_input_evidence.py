"""Evidence that lacks a figure or states it in a wrong unit: named, INCOMPLETE, never PASS."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from labctl.agreement import default
from labctl.catalogue import load
from labctl.discovery import Bound, procedure_for
from labctl.engine import execute
from labctl.evidence import Evidence, Figure, Present, Result
from labctl.indicator import Indicator
from labctl.procedure import Procedure
from labctl.requests import RunRequest
from labctl.run import Run
from labctl.verdict import Outcome, Verdict
from rigs.photovoltaic import PhotovoltaicRig

KEY = "power_conversion_efficiency"
Body = Callable[[Run, PhotovoltaicRig], Awaitable[Evidence]]


def judged(runs: Path, results: dict[str, Result]) -> Verdict:
    """The verdict on 1.1-03 on our simulated bench, from a procedure that gives `results`."""

    async def given(run: Run, rig: PhotovoltaicRig) -> Evidence:
        return run.evidence(results, how="as the test says")

    def resolve(indicator: Indicator) -> Bound:
        bound = procedure_for(indicator)
        assert bound is not None
        return Bound(Procedure(given, (indicator.id,), PhotovoltaicRig), bound.lab)

    item = load().get("1.1-03")
    [outcome] = execute(RunRequest((item.id,), (item,), default(), runs), resolve).items
    assert outcome.error is None
    return outcome.verdict


@pytest.mark.parametrize(
    ("results", "reason"),
    [
        ({}, "no result"),
        ({"efficiency": Figure(22.0, "%", 0.1)}, "no result"),
        ({KEY: Figure(22.0, "W", 0.1)}, "W"),
        ({KEY: Figure(22.0, "furlongs", 0.1)}, "furlongs"),
        ({KEY: Figure(float("nan"), "%", 0.1)}, "NaN"),
        ({KEY: Figure(22.0, "%", float("inf"))}, "finite"),
        ({KEY: Present(True)}, "expected a figure"),
    ],
)
def test_an_unusable_figure_is_named(
    tmp_path: Path, results: dict[str, Result], reason: str
) -> None:
    verdict = judged(tmp_path, results)
    assert verdict.outcome is Outcome.INCOMPLETE
    [row] = verdict.rows
    assert row.outcome is Outcome.INCOMPLETE
    [told] = row.reasons
    assert told.startswith(f"{KEY}: ")
    assert reason in told


def test_a_figure_in_another_unit_of_its_kind_is_converted(tmp_path: Path) -> None:
    verdict = judged(tmp_path, {KEY: Figure(0.22, "dimensionless", 0.001, 0.218, 0.222)})
    assert verdict.outcome is Outcome.PASS
    assert verdict.rows[0].value == pytest.approx(22.0)
