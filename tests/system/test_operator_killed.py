"""A run is killed while a prompt waits: what was answered stands, what was not is asked again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from labctl.engine import execute
from labctl.runfile import open_run
from tests.killed import KILLED
from tests.runcheck import check_run
from tests.system.prompting import Desk, asked_run, gone_on, resolve

ROOT = Path(__file__).resolve().parents[2]


def read(folder: Path) -> list[float]:
    return [one.value for one in open_run(folder).readings("1.1-90", "resistance")]


def test_an_answer_is_given_once_in_the_life_of_a_run(tmp_path: Path) -> None:
    whole = execute(asked_run(tmp_path / "whole", Desk()), resolve)
    command = [sys.executable, "-m", "tests.system.prompting", str(tmp_path / "runs"), "dies"]
    ended = subprocess.run(command, cwd=ROOT, timeout=100, capture_output=True, check=False)
    assert ended.returncode == KILLED, ended.stderr.decode("utf-8")[-800:]
    (journal,) = (tmp_path / "runs").glob("*/journal.db")
    folder, desk = journal.parent, Desk()
    outcome = gone_on(folder, desk)
    assert desk.asked == ["colour"], "the width was answered before"
    assert outcome.items[0].verdict == whole.items[0].verdict
    (item,), (other,) = open_run(folder).items, open_run(whole.path).items
    assert [(row.prompt, row.value) for row in item.answers] == [
        (row.prompt, row.value) for row in other.answers
    ]
    assert [(step.name, step.attempt) for step in item.steps if step.name == "colour"] == [
        ("colour", 1),
        ("colour", 2),
    ]
    assert read(folder) == read(whole.path)
    assert check_run(folder) == ()
