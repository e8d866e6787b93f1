from __future__ import annotations

from pathlib import Path

import pytest

from labctl.cli.main import main
from tests.labctl.cli.conftest import Command


@pytest.fixture
def run(labctl: Command) -> str:
    done = labctl("run", "1.1-02", "--json")
    return done.document["run"]


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_json_is_one_document_and_says_what_it_is(
    labctl: Command, run: str, tmp_path: Path
) -> None:
    simple = written(tmp_path / "simple.toml", 'rule = "simple"\n')
    found = labctl("rejudge", run, "--agreement", simple, "--json")
    assert found.document["run"] == run and found.err == ""
    (verdict,) = found.document["verdicts"]
    assert (verdict["reevaluation"], verdict["rule"]) == (True, "simple")
    assert verdict["before"] == verdict["outcome"] == "PASS"
    assert found.code == 0


def test_people_read_what_it_is_in_both_languages(
    labctl: Command, run: str, tmp_path: Path
) -> None:
    waived = '[[waived]]\nname = "x"\nby = "Chen Li"\nreason = "y"\n'
    file = written(tmp_path / "waived.toml", waived)
    english = labctl("rejudge", run, "--agreement", file)
    assert english.out.startswith(f"RE-EVALUATION of run {run}: no verdict of that run")
    assert "1.1-02: the run says PASS" in english.out
    chinese = labctl("--lang", "zh", "rejudge", run, "--agreement", file)
    assert chinese.out.startswith("重新评定") and "合格" in chinese.out


def test_something_to_judge_by_is_needed(labctl: Command, run: str, tmp_path: Path) -> None:
    assert labctl("rejudge", run).code == 3
    assert "--agreement" in labctl("rejudge", run).err
    half = written(tmp_path / "half.toml", '[[waived]]\nname = "x"\nby = " "\nreason = "y"\n')
    assert "none empty" in labctl("rejudge", run, "--agreement", half).err


def test_an_override_without_a_reason_is_refused(labctl: Command) -> None:
    found = labctl("run", "1.1-02", "--override-calibration", "Chen Li")
    assert found.code == 3 and "names no engineer with a reason" in found.err
    assert main(["run", "1.1-02", "--override-calibration", "Chen Li: booked"]) == 0
