from __future__ import annotations

from pathlib import Path

import pytest

from labctl.engine import execute
from labctl.errors import JournalError, UsageError
from labctl.evidence import Evidence
from labctl.run import Run
from labctl.runfile import RunRecord, list_runs, open_run
from labctl.runfolder import RunFolder
from tests.labctl.fakelab import FakeLab, OhmRig, measure, request


def done(runs: Path) -> RunRecord:
    lab = FakeLab()
    return open_run(execute(request(runs), lambda indicator: lab.bound(measure)).path)


def test_steps_and_events_are_told(tmp_path: Path) -> None:
    item = done(tmp_path).item("1.1-90")
    _, _, hour = item.steps
    assert [(step.name, step.attempt) for step in item.steps] == [
        ("condition/medium", 1),
        ("burst", 1),
        ("hour", 1),
    ]
    assert hour.finished is not None
    assert hour.finished - hour.begun == pytest.approx(3600.01)
    assert item.events == ()
    (answer,) = item.answers
    assert (answer.prompt, answer.value, answer.source) == ("condition/medium", '"air"', "sheet")


def test_an_unknown_item_is_told_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no item '9\.9-99'") as caught:
        done(tmp_path).readings("9.9-99", "x")
    assert "1.1-90" in caught.value.remedy


def test_an_unknown_channel_has_no_readings(tmp_path: Path) -> None:
    assert done(tmp_path).readings("1.1-90", "x") == []


def test_a_changed_or_missing_attachment_is_refused(tmp_path: Path) -> None:
    run = done(tmp_path)
    evidence = run.items[0].evidence
    assert evidence is not None
    sha256 = evidence.attachments[0].sha256
    file = RunFolder(run.path).attachments / sha256
    file.write_bytes(b"other")
    with pytest.raises(JournalError, match="was changed"):
        run.attachment(sha256)
    file.unlink()
    with pytest.raises(JournalError, match="is missing"):
        run.attachment(sha256)


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="there is no journal"):
        open_run(tmp_path)
    assert list_runs(tmp_path) == []
    assert list_runs(tmp_path / "missing") == []


def test_a_run_is_read_and_listed_while_it_goes_on(tmp_path: Path) -> None:
    seen: list[RunRecord] = []
    states: list[str] = []

    async def looks(run: Run, rig: OhmRig) -> Evidence:
        await run.record("resistance", await rig.meter.read())
        await run.step("commit", rig.meter.read, object)  # type: ignore[type-abstract]
        [summary] = list_runs(tmp_path)
        states.append(summary.state)
        seen.append(open_run(summary.path))
        return run.evidence({}, how="")

    lab = FakeLab()
    execute(request(tmp_path), lambda indicator: lab.bound(looks))
    assert states == ["running"]
    assert (seen[0].state, seen[0].ended_utc) == ("running", "")
    assert seen[0].items[0].channels == ("resistance",)
    assert seen[0].items[0].verdict is None
