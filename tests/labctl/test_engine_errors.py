from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from labctl import clock
from labctl.engine import RunOutcome, execute
from labctl.errors import InstrumentError, JournalError, LinkError
from labctl.evidence import Evidence
from labctl.run import Run
from labctl.runfile import RunRecord, list_runs, open_run
from labctl.runfolder import RunFolder
from labctl.verdict import Outcome
from tests.labctl.fakelab import ADDRESS, FakeLab, OhmRig, fault, measure, request
from tests.runcheck import check_run

Function = Callable[[Run, OhmRig], Awaitable[Evidence]]


def run(runs: Path, lab: FakeLab, function: Function = measure, **changes: object) -> RunOutcome:
    return execute(request(runs, **changes), lambda indicator: lab.bound(function))  # type: ignore[arg-type]


def record(outcome: RunOutcome) -> RunRecord:
    assert check_run(outcome.path) == ()
    return open_run(outcome.path)


def test_an_item_that_errs_is_incomplete_and_the_others_go_on(tmp_path: Path) -> None:
    lab = FakeLab(fault=fault())
    outcome = run(tmp_path, lab, items=2)
    assert [item.verdict.outcome for item in outcome.items] == [Outcome.INCOMPLETE] * 2
    assert outcome.items[0].error == {
        "kind": "instrument",
        "message": "overload; role meter",
        "address": ADDRESS,
        "command": "READ?",
        "answer": "+9.9E37",
        "remedy": "",
    }
    assert outcome.items[0].exit_code == 3
    assert [rig.events for rig in lab.rigs] == [["safe", "closed"]] * 2
    assert record(outcome).items[0].error == outcome.items[0].error
    assert '"traceback"' in RunFolder(outcome.path).log.read_text(encoding="utf-8")


def test_what_was_read_before_an_error_is_kept(tmp_path: Path) -> None:
    async def breaks(run: Run, rig: OhmRig) -> Evidence:
        for _ in range(3):
            await run.record("resistance", await rig.meter.read())
        raise fault()

    kept = record(run(tmp_path, FakeLab(), breaks))
    assert len(kept.readings("1.1-90", "resistance")) == 3
    assert kept.items[0].evidence is None


def test_a_bench_that_does_not_open_is_the_items_error(tmp_path: Path) -> None:
    lab = FakeLab()

    async def refuse(*args: object, **options: object) -> object:
        raise LinkError("no answer", address=ADDRESS, remedy="is it switched on?")

    lab.open = refuse  # type: ignore[method-assign, assignment]
    outcome = run(tmp_path, lab)
    assert outcome.items[0].error is not None
    assert outcome.items[0].error["remedy"] == "is it switched on?"
    assert outcome.items[0].verdict.outcome is Outcome.INCOMPLETE


def test_an_unforeseen_exception_is_a_defect_with_its_traceback_in_the_log(tmp_path: Path) -> None:
    async def breaks(run: Run, rig: OhmRig) -> Evidence:
        raise ZeroDivisionError("by nought")

    lab = FakeLab()
    outcome = run(tmp_path, lab, breaks)
    assert outcome.items[0].exit_code == 4
    assert outcome.items[0].error is not None
    assert outcome.items[0].error["message"] == "ZeroDivisionError: by nought"
    assert lab.rigs[0].events == ["safe", "closed"]
    lines = RunFolder(outcome.path).log.read_text(encoding="utf-8").splitlines()
    assert any("ZeroDivisionError" in json.loads(line).get("traceback", "") for line in lines)


@pytest.mark.parametrize(
    "answer",
    [None, {}, Evidence({"resistance": 3.0})],  # type: ignore[dict-item]
)
def test_what_is_no_evidence_is_a_defect(tmp_path: Path, answer: Evidence) -> None:
    async def returns(run: Run, rig: OhmRig) -> Evidence:
        return answer

    assert run(tmp_path, FakeLab(), returns).items[0].exit_code == 4


def test_errors_of_several_tasks_come_as_one(tmp_path: Path) -> None:
    async def breaks(run: Run, rig: OhmRig) -> Evidence:
        async def one(name: str) -> None:
            raise InstrumentError(name)

        async with asyncio.TaskGroup() as group:
            group.create_task(one("first"))
            group.create_task(one("second"))
        raise AssertionError

    error = run(tmp_path, FakeLab(), breaks).items[0].error
    assert error is not None
    assert (error["kind"], error["message"]) == ("instrument", "first; also: second")


def test_a_bench_that_does_not_become_safe_is_reported(tmp_path: Path) -> None:
    lab = FakeLab(unsafe=InstrumentError("output still on", address=ADDRESS))
    outcome = run(tmp_path, lab)
    assert outcome.items[0].error is not None
    assert outcome.items[0].error["message"] == "output still on; role meter"
    assert outcome.items[0].verdict.outcome is Outcome.INCOMPLETE
    assert lab.rigs[0].events == ["safe", "closed"]
    events = record(outcome).items[0].events
    assert [event.text for event in events if event.kind == "not safe"]


def test_an_unsafe_bench_never_hides_the_first_error(tmp_path: Path) -> None:
    lab = FakeLab(fault=fault(), unsafe=InstrumentError("output still on"))
    error = run(tmp_path, lab).items[0].error
    assert error is not None
    assert error["message"].startswith("overload; the bench was not left in order: output still on")


def test_safe_that_hangs_ends(tmp_path: Path) -> None:
    async def hangs(self: OhmRig) -> None:
        await clock.sleep(1e9)

    rig_class = type("HangingRig", (OhmRig,), {"safe": hangs})
    lab = FakeLab()
    opened = lab.open

    async def open_hanging(bench: Path | None, **options: object) -> object:
        return await opened(bench, **{**options, "rig": rig_class})  # type: ignore[arg-type]

    lab.open = open_hanging  # type: ignore[method-assign, assignment]
    error = run(tmp_path, lab).items[0].error
    assert error is not None
    assert "took more than 60 s" in error["message"]
    assert lab.rigs[0].events == ["closed"]


def test_an_indicator_without_procedure_is_incomplete(tmp_path: Path) -> None:
    outcome = execute(request(tmp_path), lambda indicator: None)
    assert outcome.items[0].error is not None
    assert outcome.items[0].error["kind"] == "usage"
    assert record(outcome).items[0].id == "1.1-90"


def test_a_stuck_clock_ends_the_run_with_the_item_it_was_in(tmp_path: Path) -> None:
    async def waits_for_ever(run: Run, rig: OhmRig) -> Evidence:
        await run.record("resistance", await rig.meter.read())
        await asyncio.get_running_loop().create_future()
        raise AssertionError

    lab = FakeLab()
    outcome = run(tmp_path, lab, waits_for_ever, items=2)
    assert [item.exit_code for item in outcome.items] == [4]
    assert lab.rigs[0].events == ["safe", "closed"]
    kept = record(outcome)
    assert kept.state == "interrupted"
    assert kept.items[0].error is not None and kept.items[0].error["kind"] == "deadlock"
    assert len(kept.readings("1.1-90", "resistance")) == 1


def test_a_folder_that_cannot_be_made_is_a_journal_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(JournalError, match="cannot be made"):
        run(tmp_path / "file", FakeLab())


def test_a_journal_that_fails_ends_the_run_with_a_safe_bench(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fills_the_disk(run: Run, rig: OhmRig) -> Evidence:
        run._journal._committer.failure = JournalError("the journal cannot be written: disk full")
        await run.record("resistance", await rig.meter.read())
        raise AssertionError

    lab = FakeLab()
    with pytest.raises(JournalError, match="disk full"):
        run(tmp_path, lab, fills_the_disk)
    assert lab.rigs[0].events == ["safe", "closed"]
    assert list_runs(tmp_path)[0].state == "interrupted"
