"""A steady electrolysis run that is killed goes on: the cell keeps its age."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from labctl.engine import execute
from labctl.resume import ResumeRequest, resume
from labctl.runfile import open_run
from tests.runcheck import check_run
from tests.system.dying import KILLED, request
from tests.system.underway import read

ROOT = Path(__file__).resolve().parents[2]
ITEM, HOURS = "5.2-05", 400.0


@pytest.mark.timeout(300)
def test_killed_under_current_it_comes_to_the_same(tmp_path: Path) -> None:
    whole = execute(request(tmp_path / "whole", HOURS, ITEM))
    runs = tmp_path / "killed"
    place = ["inside a step", "300", f"{HOURS:g}", ITEM]
    command = [sys.executable, "-m", "tests.system.dying", str(runs), *place]
    ended = subprocess.run(command, cwd=ROOT, timeout=200, capture_output=True, check=False)
    assert ended.returncode == KILLED, ended.stderr.decode("utf-8")[-800:]
    (journal,) = runs.glob("*/journal.db")
    outcome = resume(ResumeRequest(journal.parent))
    assert outcome.items == whole.items
    assert read(open_run(journal.parent)) == read(open_run(whole.path))
    assert check_run(journal.parent) == ()
