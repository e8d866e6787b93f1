"""Runs on the other rigs that are killed go on: the cell keeps its age, the sample its place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from labctl.engine import execute
from labctl.resume import ResumeRequest, resume
from labctl.runfile import open_run
from tests.killed import KILLED
from tests.runcheck import check_run
from tests.system.dying import request
from tests.system.underway import read

ROOT = Path(__file__).resolve().parents[2]
KILLS = {
    "under current": ("5.2-05", 400.0, "inside a step", 300),
    "in the chamber": ("1.2-05", 100.0, "inside a step", 500),
    "between batches": ("5.2-08", 1.0, "step's end", 9),
    "in a discharge": ("2.4-13", 1.0, "inside a step", 9),
    "in the midst of a life": ("2.4-09", 1.0, "inside a step", 12),
    "before the head is moved": ("9.8-08", 1.0, "step's end", 3),
    "in a trace": ("7.3-03", 1.0, "inside a step", 250),
    "between the turns of a block": ("7.3-04", 1.0, "inside a step", 60),
    "between two pulses": ("9.8-05", 1.0, "inside a step", 2),
    "between the halves of the light": ("9.8-04", 1.0, "step's end", 2),
    "under the microscope": ("8.11-01", 1.0, "step's end", 3),
    "while a wafer is turned over": ("8.11-02", 1.0, "step's end", 3),
    "in the diffractometer": ("8.11-03", 1.0, "step's end", 2),
    "on the wafer": ("8.11-06", 1.0, "step's end", 4),
    "between two passes": ("8.11-11", 1.0, "step's end", 5),
    "between on and off": ("8.11-07", 1.0, "step's end", 4),
}
"""Where: indicator, hours, place and passage."""


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kill", KILLS.values(), ids=list(KILLS))
def test_killed_it_comes_to_the_same(kill: tuple[str, float, str, int], tmp_path: Path) -> None:
    item, hours, stratum, passage = kill
    whole = execute(request(tmp_path / "whole", hours, item))
    runs = tmp_path / "killed"
    place = [stratum, str(passage), f"{hours:g}", item]
    command = [sys.executable, "-m", "tests.system.dying", str(runs), *place]
    ended = subprocess.run(command, cwd=ROOT, timeout=200, capture_output=True, check=False)
    assert ended.returncode == KILLED, ended.stderr.decode("utf-8")[-800:]
    (journal,) = runs.glob("*/journal.db")
    outcome = resume(ResumeRequest(journal.parent))
    assert outcome.items == whole.items
    assert read(open_run(journal.parent)) == read(open_run(whole.path))
    assert check_run(journal.parent) == ()
