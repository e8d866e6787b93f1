"""A run that people pause and abort while it goes on."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from labctl.desk import LocalDesk, Notice, Take
from labctl.engine import execute
from labctl.evidence import Reading
from labctl.journal import Reader
from labctl.orders import Abort, Continue, Order, Pause
from labctl.requests import Progress, RunOutcome
from labctl.resume import ResumeRequest, resume
from labctl.runfile import RunRecord, open_run
from tests.labctl import counting
from tests.labctl.fakelab import FakeLab, request

SETTLE = 30.0
"""Seconds that the procedure gives its bench after a gap."""


@dataclass
class OrderingDesk(LocalDesk):
    """Gives `orders` at their run times in s, and keeps what it is told."""

    orders: list[tuple[float, Order]]
    notices: list[Notice] = field(default_factory=list)
    states: list[str] = field(default_factory=list)

    def tell(self, progress: Progress) -> None:
        if self.states[-1:] != [progress.state]:
            self.states.append(progress.state)

    def notice(self, notice: Notice) -> None:
        self.notices.append(notice)

    def attend(self, take: Take | None) -> None:
        if take is not None:
            for at, order in self.orders:
                asyncio.get_running_loop().call_later(at, take, order)


def run(path: Path, lab: FakeLab, *orders: tuple[float, Order]) -> tuple[RunOutcome, OrderingDesk]:
    desk = OrderingDesk(list(orders))
    asked = request(path, desk=desk, points=3)
    return execute(asked, counting.bound(0, longest=7200.0, lab=lab)), desk


def points(found: RunRecord) -> list[Reading]:
    return found.readings(found.items[0].id, "soak/resistance")


@pytest.mark.parametrize("at", [0.5, 700.0, 1500.0, 2000.0, 3622.0])
def test_a_paused_run_holds_its_bench_and_goes_on_where_it_was(tmp_path: Path, at: float) -> None:
    lab = FakeLab()
    outcome, desk = run(tmp_path, lab, (at, Pause("Li")), (at + 900.0, Continue("Li")))
    assert [str(one.verdict.outcome) for one in outcome.items] == ["PASS"]
    assert lab.rigs[0].events == ["hold", "safe", "closed"]
    assert desk.states == ["running", "paused by Li", "running"]
    assert [one.kind for one in desk.notices] == ["hold", "released", "gap"]
    found = open_run(outcome.path)
    assert len(points(found)) == 7
    kinds = [event.kind for event in found.items[0].events]
    assert [kind for kind in kinds if kind != "answer"] == ["hold", "continued", "released"]


def test_a_pause_in_an_exposure_is_a_gap_and_no_exposure(tmp_path: Path) -> None:
    outcome, _ = run(tmp_path, FakeLab(), (2000.0, Pause()), (2900.0, Continue()))
    found = open_run(outcome.path)
    with Reader(found.path / "journal.db") as reader:
        gaps = list(reader.rows("SELECT seconds, exposed, state FROM gaps"))
    assert gaps == [(pytest.approx(900.0 + SETTLE, abs=1.0), 1, "hold: paused")]
    # Three of the points were committed; what was exposed since the last of them is exposed anew.
    times = [reading.t for reading in points(found)]
    anew = 2900.0 + SETTLE - times[2]
    assert times[-1] - times[0] == pytest.approx(3600.0 + anew, abs=3.0)
    evidence = found.items[0].evidence
    assert evidence is not None
    assert not evidence.invalid
    assert any("Interrupted" in str(sentence) for sentence in evidence.how)


def test_a_pause_that_is_longer_than_tolerated_makes_the_result_invalid(tmp_path: Path) -> None:
    outcome, _ = run(tmp_path, FakeLab(), (700.0, Pause()), (10000.0, Continue()))
    assert [str(one.verdict.outcome) for one in outcome.items] == ["INVALID"]


def test_an_aborted_run_is_safe_and_can_be_resumed(tmp_path: Path) -> None:
    lab = FakeLab()
    outcome, _ = run(tmp_path, lab, (1500.0, Abort("Li", "lunch")))
    assert outcome.interrupted
    assert lab.rigs[0].events == ["safe", "closed"]
    whole, _ = run(tmp_path / "whole", FakeLab())
    gone_on = resume(ResumeRequest(outcome.path), counting.bound(0, longest=7200.0))
    assert [one.verdict for one in gone_on.items] == [one.verdict for one in whole.items]


def test_an_abort_while_it_is_paused_ends_it(tmp_path: Path) -> None:
    lab = FakeLab()
    outcome, _ = run(tmp_path, lab, (700.0, Pause()), (900.0, Abort()))
    assert outcome.interrupted
    assert lab.rigs[0].events == ["hold", "safe", "closed"]
