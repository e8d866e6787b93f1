"""A disk that is full, a folder that is read-only or taken away, readers beside the writer.

Each ends in an error that says what to do; nothing that was acknowledged is lost, and the run goes
on when there is room again.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from labctl import clock
from labctl.engine import execute
from labctl.errors import JournalError
from labctl.evidence import Evidence, Figure
from labctl.journal import Reader, verify_chain, witness
from labctl.resume import ResumeRequest, resume
from labctl.run import Run
from labctl.runfile import list_runs, open_run
from labctl.runfolder import RunFolder
from labctl.verification import verify_all, verify_run
from tests.labctl.fakelab import FakeLab, OhmRig, measure, observed_duration, request
from tests.system.endless import AT_ONCE, resolve
from tests.system.underway import under_way

ROOT = Path(__file__).resolve().parents[2]
POINTS = 120
SMALL = 900_000
"""Bytes that a file may have on the disk that is full; the whole run needs more."""

posix = pytest.mark.skipif(sys.platform == "win32", reason="by limits and names of POSIX")


@contextmanager
def endless(runs: Path, *more: object) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.system.endless", str(runs), *map(str, more)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, encoding="utf-8") as process:
        try:
            yield process
        finally:
            process.kill()


@posix
def test_a_full_disk(tmp_path: Path) -> None:
    with endless(tmp_path, POINTS, SMALL) as process:
        said, log = process.communicate()
    assert process.returncode == 3, log
    assert said.startswith("journal: ") and "full" in said and "resume" in said
    assert "Traceback" not in log
    (run,) = list_runs(tmp_path)
    assert run.state == "interrupted"
    report = verify_run(run.path)
    told = witness.told(run.path / "journal.db")
    assert report.ok and report.exit_code == 2
    assert told is not None and report.transactions >= told.tx, "all that was acknowledged"
    outcome = resume(ResumeRequest(run.path), resolve(POINTS))
    assert outcome.items[0].verdict.outcome == "PASS"
    assert verify_run(run.path).exit_code == 0
    values = [one.value for one in open_run(run.path).readings("1.1-90", "r")]
    assert values == list(range(POINTS * AT_ONCE))


@posix
def test_a_run_whose_folder_is_taken_away(tmp_path: Path) -> None:
    with endless(tmp_path / "runs") as process:
        folder = under_way(tmp_path / "runs", 20)
        folder.rename(tmp_path / "elsewhere")
        said, _ = process.communicate()
    assert process.returncode == 3
    assert said.startswith("journal: ") and "taken away" in said
    (report,) = verify_all(tmp_path / "runs").runs
    assert report.problems[0].kind == "missing"
    (tmp_path / "elsewhere").rename(folder)
    assert verify_run(folder).ok


def test_a_file_where_the_folder_of_runs_should_be(tmp_path: Path) -> None:
    (tmp_path / "runs").touch()
    lab = FakeLab()
    with pytest.raises(JournalError, match="cannot be made") as caught:
        execute(request(tmp_path / "runs"), lambda indicator: lab.bound(measure))
    assert "--runs" in caught.value.remedy and caught.value.exit_code == 3
    assert not lab.rigs, "no bench was opened"


READ_ONLY = """
import ctypes, os, sys
from pathlib import Path
from labctl.cli.main import main
from labctl.engine import execute
from labctl.errors import LabError
from labctl.verification import verify_run
from tests.labctl.fakelab import FakeLab, measure, request

folder = Path(sys.argv[1])
lab = FakeLab()
path = execute(request(folder), lambda _: lab.bound(measure)).path
for one in (*path.rglob("*"), path, folder):
    os.chmod(one, 0o555 if one.is_dir() else 0o444)
if os.geteuid() == 0:  # root may write everywhere, but for who has laid that right down
    header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert ctypes.CDLL(None, use_errno=True).capset(header, data) == 0
assert not os.access(folder, os.W_OK, effective_ids=True)
assert verify_run(path).exit_code == 0, verify_run(path)
assert main(["show", str(path)]) == 0
try:
    execute(request(folder), lambda _: lab.bound(measure))
except LabError as error:
    print(f"{error.kind}: {error.message}; remedy: {error.remedy}")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="lays down the rights of root")
def test_a_read_only_folder_is_read_and_not_written(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ_ONLY, str(tmp_path / "runs")],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    for folder in (tmp_path / "runs").rglob("*/"):
        folder.chmod(0o755)
    (tmp_path / "runs").chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert "journal: the run's folder cannot be made" in done.stdout
    assert "--runs" in done.stdout


def test_two_readers_while_one_writes(tmp_path: Path) -> None:
    with endless(tmp_path, "real") as process:
        folder = under_way(tmp_path, 5)
        seen: list[int] = []
        for _ in range(6):
            with Reader(folder / "journal.db") as one, Reader(folder / "journal.db") as other:
                told = witness.told(folder / "journal.db")
                first, second = one.readings(1, "r"), other.readings(1, "r")
                assert len(first) <= len(second)
                assert [r.value for r in second] == list(range(len(second)))
            report = verify_chain(folder / "journal.db")
            assert report.ok and told is not None and report.transactions >= told.tx
            assert verify_run(folder).ok
            seen.append(len(second))
        under_way(tmp_path, verify_chain(folder / "journal.db").transactions + 5)
        assert process.poll() is None, "the writer goes on"
    assert seen == sorted(seen) and seen[-1] > seen[0]


async def short_measure(run: Run, rig: OhmRig) -> Evidence:
    """Sixty readings in real time."""

    async def many() -> int:
        for value in range(60):
            one = await rig.meter.read()
            await run.record("r", msgspec.structs.replace(one, value=float(value)))
        return 60

    await run.step("many", many, int)
    run.observe(observed_duration(3600.0))
    return run.evidence({"resistance": Figure(120.0, "ohm", 0.01, 119.9, 120.1)}, how="read")


def test_a_wall_clock_that_steps_backwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run time does not; readings keep their order, and what was set back is what was read."""
    lab, now = FakeLab(), clock.wall().timestamp()
    steps = iter(range(10**6))
    monkeypatch.setattr(
        "labctl.clock._time.time", lambda: now + 0.01 * next(steps) - 7200.0 * (next(steps) > 60)
    )
    outcome = execute(request(tmp_path, virtual=False), lambda indicator: lab.bound(short_measure))
    assert outcome.items[0].error is None
    report = verify_run(outcome.path)
    assert report.ok and report.state == "done"
    readings = open_run(outcome.path).readings("1.1-90", "r")
    assert [one.value for one in readings] == list(range(60))
    assert [one.t for one in readings] == sorted(one.t for one in readings)
    assert readings[-1].utc < readings[0].utc - 3600.0
    assert RunFolder(outcome.path).run in {one.run for one in list_runs(tmp_path)}
