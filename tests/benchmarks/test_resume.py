"""How long a killed run with a million readings takes to go on and end."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

from tests.benchmarks.figures import FIGURES, Figure
from tests.benchmarks.interrupted import AT_ONCE
from tests.killed import KILLED

ROOT = Path(__file__).resolve().parents[2]
THOUSANDS = 1000


def ended(where: Path, thousands: int, *more: str) -> int:
    """Exit code of the program that runs, or goes on."""
    command = [sys.executable, "-m", "tests.benchmarks.interrupted", str(where), str(thousands)]
    done = subprocess.run(
        [*command, *more], cwd=ROOT, timeout=240, capture_output=True, check=False
    )
    assert done.returncode in (0, KILLED), done.stderr.decode("utf-8")
    return done.returncode


def killed(runs: Path, thousands: int) -> Path:
    """The folder of a run that was killed with that many thousand readings in its journal."""
    assert ended(runs, thousands) == KILLED
    (journal,) = runs.glob("*/journal.db")
    return journal.parent


def resumed(folder: Path, thousands: int) -> float:
    """Seconds of a process that goes on at the last point and ends the run, from a cold start."""
    began = time.perf_counter()
    assert ended(folder, thousands, "go-on") == 0
    took = time.perf_counter() - began
    with closing(connect(folder / "journal.db")) as connection:
        (count,) = connection.execute("SELECT count(*) FROM readings").fetchone()
    assert count == (thousands + 1) * AT_ONCE
    return took


def test_resume_with_a_million_readings(tmp_path: Path) -> None:
    resumed(killed(tmp_path / "cold", 1), 1)
    few = resumed(killed(tmp_path / "few", 1), 1)
    many = resumed(killed(tmp_path / "many", THOUSANDS), THOUSANDS)
    FIGURES.append(Figure("resume with 1,000,000 readings / with 1,000", many, few, "s", 1, 2.0))
