"""After a reboot: benches of killed runs are made safe, and runs become what their files say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from labctl import manifest, recovery
from labctl.afterword import note
from labctl.agreement import default
from labctl.catalogue import load
from labctl.control import place
from labctl.control.job import write_outcome
from labctl.control.messages import Ended
from labctl.control.place import Control
from labctl.errors import BenchError, InterlockError, UsageError
from labctl.journal.reader import Reader
from labctl.leases import taken
from labctl.platform.locks import locked
from labctl.platform.processes import this_process
from labctl.recovery import Patience, killed_runs, recover
from labctl.requests import ItemOutcome, RunOutcome
from labctl.runfolder import LOCK, RunFolder
from labctl.verdict import incomplete
from tests.labctl.dead_runs import FakeRescue, dead_run
from tests.runcheck import check_run

QUICK = Patience(instruments=1.0, interlocks=0.0, again=0.0)


@pytest.fixture
def rescue(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakeRescue]:
    """The rescue of every run's bench; leases lie in a folder of the test."""
    fake = FakeRescue()
    monkeypatch.setenv("LABCTL_LEASES", str(tmp_path / "leases"))
    monkeypatch.setattr(recovery, "left_behind", lambda path: fake)
    yield fake


def kinds(folder: RunFolder) -> list[str]:
    with Reader(folder.journal) as reader:
        return [kind for (kind,) in reader.rows("SELECT kind FROM events ORDER BY rowid")]


def guarded(folder: RunFolder, ended: Ended | None) -> None:
    place.write(folder.path, Control(process=this_process(), port=1, token="t", ended=ended))


def test_only_killed_runs_that_nobody_carries_out_are_found(tmp_path: Path) -> None:
    killed, held, watched = dead_run(tmp_path), dead_run(tmp_path), dead_run(tmp_path)
    dead_run(tmp_path, closed=True)
    guarded(watched, None)
    with locked(held.path / LOCK):
        assert killed_runs(tmp_path) == [killed.path]
    assert killed_runs(tmp_path) == sorted([killed.path, held.path])
    assert killed_runs(tmp_path / "none") == []


def test_the_bench_is_made_safe_and_the_run_is_left_to_a_person(
    tmp_path: Path, rescue: FakeRescue
) -> None:
    folder = dead_run(tmp_path)
    found = recover(folder.path, QUICK)
    assert (found.outcome, found.policy, found.resumed) == ("safe", "hold", False)
    assert found.report is not None and found.report.is_safe and found.error is None
    assert rescue.called == [QUICK.instruments]
    assert kinds(folder) == ["rescue", "recovered"]
    assert manifest.read(folder.path).state == "interrupted" and check_run(folder.path) == ()
    assert killed_runs(tmp_path) == [], "it is not recovered twice"


def test_a_bench_that_is_not_safe_is_told_and_never_gone_on_with(
    tmp_path: Path, rescue: FakeRescue, monkeypatch: pytest.MonkeyPatch
) -> None:
    rescue.state, rescue.on_power_return = "unreached", "resume"
    monkeypatch.setattr(recovery, "go_on", lambda *_: pytest.fail("it goes on"))
    folder = dead_run(tmp_path)
    found = recover(folder.path, QUICK)
    assert (found.outcome, found.resumed) == ("not safe", False)
    assert killed_runs(tmp_path) == [folder.path], "it is recovered again"
    assert recover(folder.path, QUICK, close=True).outcome == "not safe"
    assert killed_runs(tmp_path) == [], "a person has seen to it"


def test_abort_closes_the_run(tmp_path: Path, rescue: FakeRescue) -> None:
    rescue.on_power_return = "abort"
    folder = dead_run(tmp_path)
    assert recover(folder.path, QUICK).policy == "abort"
    assert kinds(folder) == ["rescue", "abort"]


def test_resume_goes_on_once_it_is_safe(
    tmp_path: Path, rescue: FakeRescue, monkeypatch: pytest.MonkeyPatch
) -> None:
    rescue.on_power_return = "resume"
    folder, started = dead_run(tmp_path), list[Path]()

    def go_on(path: Path, accept: tuple[str, ...]) -> None:
        assert manifest.read(path).state == "interrupted", "its journal is in good order before"
        started.append(path)
        guarded(folder, None)

    monkeypatch.setattr(recovery, "go_on", go_on)
    monkeypatch.setattr(recovery, "EARLY", 0.05)
    found = recover(folder.path, QUICK)
    assert found.resumed and found.error is None and started == [folder.path]


def test_interlocks_that_do_not_read_good_are_waited_for(
    tmp_path: Path, rescue: FakeRescue, monkeypatch: pytest.MonkeyPatch
) -> None:
    rescue.on_power_return = "resume"
    folder, tries = dead_run(tmp_path), list[int]()
    bad = InterlockError("hydrogen is above its limit").as_dict()

    def go_on(path: Path, accept: tuple[str, ...]) -> None:
        tries.append(1)
        guarded(folder, Ended(error=bad, exit_code=3) if len(tries) < 3 else None)

    monkeypatch.setattr(recovery, "go_on", go_on)
    monkeypatch.setattr(recovery, "EARLY", 0.05)
    found = recover(folder.path, Patience(1.0, 60.0, 0.0))
    assert found.resumed and len(tries) == 3
    tries.clear()
    again = dead_run(tmp_path)
    monkeypatch.setattr(recovery, "go_on", lambda *_: guarded(again, Ended(error=bad, exit_code=3)))
    late = recover(again.path, QUICK)
    assert not late.resumed and late.error == bad


def test_an_item_that_ended_before_its_interlocks_read_good_is_told(
    tmp_path: Path, rescue: FakeRescue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker's own outcome says so: the run itself ended in good order."""
    rescue.on_power_return = "resume"
    folder = dead_run(tmp_path)
    bad = InterlockError("not good before anything is switched on").as_dict()
    row = load().get("1.1-03")
    item = ItemOutcome(row.id, incomplete(row, default(), "x", simulated=False), bad, 3)

    def go_on(path: Path, accept: tuple[str, ...]) -> None:
        write_outcome(RunOutcome(path.name, path, (item,), interrupted=False))
        guarded(folder, Ended())

    monkeypatch.setattr(recovery, "go_on", go_on)
    assert recover(folder.path, QUICK).error == bad


def test_one_that_trips_is_left_to_a_person(
    tmp_path: Path, rescue: FakeRescue, monkeypatch: pytest.MonkeyPatch
) -> None:
    rescue.on_power_return = "resume"
    folder, tries = dead_run(tmp_path), list[int]()
    bad = InterlockError("over temperature").as_dict()

    def go_on(path: Path, accept: tuple[str, ...]) -> None:
        tries.append(1)
        note(path, [("trip", "over temperature")])
        guarded(folder, Ended(error=bad, exit_code=3))

    monkeypatch.setattr(recovery, "go_on", go_on)
    found = recover(folder.path, Patience(1.0, 60.0, 0.0))
    assert found.error == bad and tries == [1]


def test_what_cannot_be_gone_on_with_is_told(
    tmp_path: Path, rescue: FakeRescue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def go_on(*_: Any) -> None:
        raise UsageError("the code changed")

    rescue.on_power_return = "resume"
    monkeypatch.setattr(recovery, "go_on", go_on)
    found = recover(dead_run(tmp_path).path, QUICK)
    assert (found.outcome, found.resumed) == ("safe", False)
    assert found.error is not None and found.error["message"] == "the code changed"


def test_instruments_that_another_run_has_are_left_alone(
    tmp_path: Path, rescue: FakeRescue
) -> None:
    folder = dead_run(tmp_path)
    with taken(rescue.addresses, "another", tmp_path / "leases"):
        found = recover(folder.path, QUICK)
    assert found.outcome == "in use" and not rescue.called
    assert manifest.read(folder.path).state == "running", "it is recovered another time"


def test_a_run_that_goes_on_or_is_done_is_left_alone(tmp_path: Path, rescue: FakeRescue) -> None:
    folder = dead_run(tmp_path)
    with locked(folder.path / LOCK):
        assert recover(folder.path, QUICK).outcome == "in use"
    known = manifest.read(folder.path)
    manifest.write(folder.path, msgspec.structs.replace(known, state="done"))
    assert recover(folder.path, QUICK).outcome == "in use" and not rescue.called


def test_a_run_without_instruments_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = dead_run(tmp_path)
    monkeypatch.setattr(recovery, "left_behind", lambda path: None)
    assert recover(folder.path, QUICK).outcome == "nothing"
    assert kinds(folder) == ["recovered"]


def test_a_bench_that_cannot_be_told_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(path: Path) -> None:
        raise BenchError("the file is gone")

    folder = dead_run(tmp_path)
    monkeypatch.setattr(recovery, "left_behind", unknown)
    found = recover(folder.path, QUICK)
    assert found.outcome == "failed" and found.error is not None
    assert manifest.read(folder.path).state == "running"
