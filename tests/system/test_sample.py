"""Whose device lies on the photovoltaic bench: recognised at the start and after gaps."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl.resume import ResumeRequest, resume
from labctl.verdict import Outcome
from tests.system.exchanged import Keeper, device_of, exchange, fingerprints, gaps
from tests.system.interlocked import HOUR, LookingDesk
from tests.system.photovoltaic_bench import FEW, Benches, lasting, measured, watch

ITEM = "1.1-04"
HOURS = 6.0
OUTAGE = 1800.0
EARLY = 1.2e3
"""Run time in s before the exposure: the device was not aged yet."""


@pytest.fixture
def benches(monkeypatch: pytest.MonkeyPatch) -> Benches:
    return watch(monkeypatch)


def interrupted(runs: Path, benches: Benches, at: float, hours: float = HOURS) -> Path:
    """The folder of a run that a person ended at run time `at` in s."""
    desk = LookingDesk(benches=benches, aborts=at)
    outcome = measured(runs, lasting(ITEM, hours), draws=FEW, desk=desk)
    assert outcome.interrupted
    return outcome.path


def test_the_same_device_is_recognised_after_an_outage(tmp_path: Path, benches: Benches) -> None:
    folder = interrupted(tmp_path, benches, 3 * HOUR)
    outcome = resume(ResumeRequest(folder, outage=OUTAGE))
    first, second = fingerprints(outcome)
    assert (first.occasion, second.occasion) == ("start", "resume")
    assert (second.against, second.matches) == ("this item", True)
    assert outcome.items[0].verdict.outcome is Outcome.PASS


def test_without_time_lost_nothing_is_measured_again(tmp_path: Path, benches: Benches) -> None:
    folder = interrupted(tmp_path, benches, 3 * HOUR)
    assert len(fingerprints(resume(ResumeRequest(folder)))) == 1


@pytest.mark.parametrize(("at", "seed"), [(EARLY, 2), (3 * HOUR, 1)])
def test_another_device_stops_a_run_that_nobody_attends(
    tmp_path: Path, benches: Benches, monkeypatch: pytest.MonkeyPatch, at: float, seed: int
) -> None:
    """Before the exposure another cell of the batch; in it, where bands are wide, a module."""
    folder = interrupted(tmp_path, benches, at)
    stranger = device_of(ITEM if at == EARLY else "1.1-12", seed)
    with monkeypatch.context() as patch:
        exchange(patch, benches, stranger)
        stopped = resume(ResumeRequest(folder, outage=OUTAGE))
    assert stopped.items[0].verdict.outcome is Outcome.INCOMPLETE
    assert stopped.items[0].error is not None
    assert "this is not the sample SIM-" in stopped.items[0].error["message"]
    again = resume(ResumeRequest(folder))
    assert [one.matches for one in fingerprints(again)] == [True, False, True]
    assert again.items[0].verdict.outcome is Outcome.PASS


def test_another_device_holds_an_attended_run_until_the_right_one_is_back(
    tmp_path: Path, benches: Benches, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = interrupted(tmp_path, benches, 3 * HOUR)
    before = exchange(monkeypatch, benches, device_of("1.1-12", 1))
    desk = Keeper(benches=benches, answers=600.0, kept=before)
    outcome = resume(ResumeRequest(folder, outage=OUTAGE, desk=desk))
    assert desk.kinds == ["hold", "released"]
    assert not any(desk.energy_at("hold").values())
    assert [one.matches for one in fingerprints(outcome)] == [True, False, True]
    assert outcome.items[0].verdict.outcome is Outcome.PASS
    (gap,) = gaps(outcome)
    assert gap > OUTAGE + 600.0


def test_a_failing_device_ages_and_stays_the_same(tmp_path: Path, benches: Benches) -> None:
    """The fastest part of its ageing: the first days under light."""
    desk = LookingDesk(benches=benches, aborts=80 * HOUR)
    item = lasting(ITEM, 81.0)
    stopped = measured(tmp_path, item, dut="failing", draws=FEW, desk=desk, points=40)
    again = resume(ResumeRequest(stopped.path, outage=HOUR))
    first, second = (one.values for one in fingerprints(again))
    assert fingerprints(again)[1].matches
    assert second["forward_voltage"].value / first["forward_voltage"].value < 0.99
    assert second["dark_conductance"].value / first["dark_conductance"].value > 1.15
    assert again.items[0].verdict.outcome is not Outcome.INCOMPLETE
