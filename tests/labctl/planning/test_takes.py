"""One rehearsal: what is read from its journal, and what it leaves behind."""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path

import pytest

from labctl.agreement import default
from labctl.engine import execute
from labctl.evidence import Evidence
from labctl.journal.reader import Reader
from labctl.planning.takes import Cast, take
from labctl.planning.timing import steps_of
from labctl.run import Run
from tests.labctl.fakelab import INDICATOR, FakeLab, OhmRig, measure, request
from tests.labctl.planning.rehearsed import RehearsedLab


def cast(lab: RehearsedLab) -> Cast:
    bound = lab.resolve(INDICATOR)
    return Cast(INDICATOR, bound, lab.rehearse(None, OhmRig), default())


def test_a_rehearsal_leaves_no_file_and_no_open_bench(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    lab = RehearsedLab()
    found = take(cast(lab), 1)
    assert found.verdict.outcome == "PASS"
    assert list(tmp_path.iterdir()) == []
    assert lab.lab.rigs[0].events[-2:] == ["safe", "closed"]


def test_a_rehearsal_opens_the_rehearsed_bench_and_no_other() -> None:
    lab, real = RehearsedLab(), FakeLab()
    bound = lab.resolve(INDICATOR)
    other = dataclasses.replace(bound, lab=dataclasses.replace(bound.lab, open_bench=real.open))
    take(Cast(INDICATOR, other, lab.rehearse(None, OhmRig), default()), 1)
    assert (len(real.rigs), len(lab.lab.rigs)) == (0, 1)


def test_the_bytes_told_are_about_those_of_a_run_that_commits_as_often_as_a_real_one(
    tmp_path: Path,
) -> None:
    told = take(cast(RehearsedLab()), 1).disk.journal
    bound = FakeLab().bound(measure)
    path = execute(request(tmp_path, points=1), lambda _: bound).path
    with Reader(path / "journal.db") as reader:
        (kept,) = next(reader.rows("SELECT sum(length(state)) FROM snapshots"))
    size = (path / "journal.db").stat().st_size + (path / "log.jsonl").stat().st_size
    assert told == pytest.approx(size - (kept or 0), rel=0.3)


def test_steps_inside_an_exposure_are_counted_and_not_listed(tmp_path: Path) -> None:
    async def nested(run: Run, rig: OhmRig) -> Evidence:
        async def one() -> float:
            return (await rig.meter.read()).value

        async def point(elapsed: float) -> None:
            await run.step(f"look-{elapsed:g}", one, float)

        await run.soak("long", 30.0, 10.0, point)
        return await measure(run, rig)

    bound = FakeLab().bound(nested)
    path = execute(request(tmp_path), lambda _: bound).path
    with Reader(path / "journal.db") as reader:
        steps = steps_of(reader, 1)
    assert [(step.name, step.steps) for step in steps] == [("long", 4), ("burst", 0), ("hour", 0)]
    assert [step.exposure for step in steps] == [True, False, True]
