"""A log that is torn at any byte loses whole transactions from its end, and every one is missed."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from labctl import register
from labctl.errors import UsageError
from labctl.journal import Reader, witness
from labctl.journal.witness import Stand
from labctl.resume import ResumeRequest, resume
from labctl.runfile import open_run
from labctl.verification import verify_run
from labctl.verification.tails import TAIL
from tests.system.endless import AT_ONCE, resolve
from tests.system.underway import under_way

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stops the writer by a signal")

ROOT = Path(__file__).resolve().parents[2]
ENOUGH = {"in its first log": 20, "after a checkpoint": 260}
"""Transactions after which the folder is copied; a checkpoint comes every 76 or so."""

HEADER, FRAME = 32, 24 + 4096
"""Bytes of the log's header and of each page in it."""

LEAST = HEADER + 100 * FRAME
"""Bytes of log that hold several transactions: less is there just after a checkpoint."""

CUTS = 16
POINTS = 300


@pytest.fixture(scope="module", params=ENOUGH.values(), ids=list(ENOUGH))
def stopped(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """A run's folder as a killed process leaves it, copied while the run was being written."""
    assert sys.platform != "win32"
    runs, kept = tmp_path_factory.mktemp("live"), tmp_path_factory.mktemp("kept")
    command = [sys.executable, "-m", "tests.system.endless", str(runs)]
    with subprocess.Popen(command, cwd=ROOT) as process:
        try:
            folder = under_way(runs, enough := request.param)
            process.send_signal(signal.SIGSTOP)
            while used(folder) < LEAST:
                process.send_signal(signal.SIGCONT)
                under_way(runs, enough := enough + 10)
                process.send_signal(signal.SIGSTOP)
            shutil.copytree(folder, kept / folder.name)
            shutil.copyfile(runs / register.FILE, kept / register.FILE)
        finally:
            process.kill()
    yield kept / folder.name


def torn(stopped: Path, where: Path, size: int) -> Path:
    """A copy of the run whose log ends after `size` bytes."""
    copy = where / "runs" / stopped.name
    shutil.rmtree(where / "runs", ignore_errors=True)
    shutil.copytree(stopped.parent, where / "runs")
    (copy / "journal.db-shm").unlink(missing_ok=True)
    with open(copy / "journal.db-wal", "r+b") as log:
        log.truncate(size)
    return copy


def used(run: Path) -> int:
    """Bytes of the log from its last restart on; what follows is left from before.

    https://www.sqlite.org/fileformat2.html#walformat: frames of a restart have the header's salt.
    """
    data = (run / "journal.db-wal").read_bytes()
    end = HEADER
    while end < len(data) and data[end + 8 : end + 16] == data[16:24]:
        end += FRAME
    return end


def test_the_folder_of_a_killed_run_is_whole_up_to_its_last_commit(stopped: Path) -> None:
    report = verify_run(stopped)
    told = witness.told(stopped / "journal.db")
    assert report.ok and told is not None
    assert told.tx <= report.transactions <= told.tx + 1
    assert report.state == "interrupted" and report.exit_code == 2


def test_cut_anywhere(stopped: Path, tmp_path: Path) -> None:
    told = witness.told(stopped / "journal.db")
    assert told is not None
    size = used(stopped)
    lengths: list[int] = []
    for cut in range(CUTS + 1):
        copy = torn(stopped, tmp_path, size * cut // CUTS)
        lengths.append(_checked(copy, told))
    assert lengths == sorted(lengths), "more of the log is never less of the run"
    assert len(set(lengths)) > 2 and lengths[-1] >= told.tx


def _checked(copy: Path, told: Stand) -> int:
    """How many transactions are there; those that are not are told, those that are fit."""
    report = verify_run(copy)
    if report.transactions == 0:  # not even the tables were in it
        assert not report.ok
        return 0
    missing = told.tx - report.transactions
    assert [problem.kind for problem in report.problems] == (["lost"] if missing > 0 else [])
    with Reader(copy / "journal.db") as reader:
        values = [reading.value for reading in reader.readings(1, "r", all=True)]
        steps = [name for name, _, result, _, _ in reader.steps(1) if result is not None]
    assert values == list(range(len(values)))
    assert len(values) >= AT_ONCE * sum(name.startswith("point-") for name in steps)
    return report.transactions


def test_a_torn_end_of_a_write_costs_that_transaction_alone(stopped: Path, tmp_path: Path) -> None:
    whole = verify_run(stopped).transactions
    size = used(stopped)
    seen = {verify_run(torn(stopped, tmp_path, size - less)).transactions for less in (1, 100)}
    assert all(whole - 1 <= one <= whole for one in seen)


def test_a_shorter_run_goes_on_only_where_that_is_accepted(stopped: Path, tmp_path: Path) -> None:
    copy = torn(stopped, tmp_path, used(stopped) * 2 // 3)
    assert [problem.kind for problem in verify_run(copy).problems] == ["lost"]
    with pytest.raises(UsageError, match="journal:tail"):
        resume(ResumeRequest(copy), resolve(POINTS))
    outcome = resume(ResumeRequest(copy, accept=(TAIL,)), resolve(POINTS))
    assert any(TAIL in reason for reason in outcome.items[0].verdict.reasons)
    assert verify_run(copy).ok
    values = [one.value for one in open_run(copy).readings("1.1-90", "r")]
    assert values == list(range(POINTS * AT_ONCE))
