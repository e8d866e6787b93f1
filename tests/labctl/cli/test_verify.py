"""`labctl verify`: exit codes, one JSON document, and words for a person."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.labctl.cli.conftest import Command
from tests.labctl.fakelab import fault
from tests.labctl.verification.done import damage, done


def test_a_whole_run(labctl: Command, tmp_path: Path) -> None:
    run = done(tmp_path / "runs")
    answer = labctl("verify", "last")
    assert answer.code == 0
    lines = answer.out.splitlines()
    names = ["integrity", "author", "time", "decision", "reduction"]
    assert [line.split()[0] for line in lines] == names
    assert lines[0].split(maxsplit=1)[1].startswith(f"whole: run {run.name}, done; ")
    assert "no signature" in lines[1] and "unproven" in lines[2]
    assert lines[3].split(maxsplit=1)[1] == "1.1-90 PASS"
    assert "not recomputed: " in lines[4], "the tests' own lab is not installed"
    document = labctl("verify", run, "--json").document
    assert document["ok"] and document["run"] == run.name and document["salvage"] is None
    assert document["verdicts"] == [
        {"id": "1.1-90", "outcome": "PASS", "recomputed": "PASS", "differences": []}
    ]
    assert document["author"]["state"] == "unsigned" and document["time"]["state"] == "unproven"
    assert [one["id"] for one in document["reduction"]] == ["1.1-90"]
    assert labctl("verify", run / "journal.db", "--quick").code == 0
    assert labctl("verify", run, "--quick", "--strict").code == 3
    assert "nothing to salvage" in labctl("verify", run, "--salvage").err


def test_what_a_run_came_to_is_the_exit_code(labctl: Command, tmp_path: Path) -> None:
    done(tmp_path / "runs", fault=fault())
    assert labctl("verify", "last").code == 2


def test_a_damaged_run_and_its_salvage(labctl: Command, tmp_path: Path) -> None:
    run = done(tmp_path / "runs")
    damage(run, 12)
    answer = labctl("verify", run)
    assert answer.code == 3 and "integrity  NOT WHOLE: " in answer.out
    assert len(answer.out.splitlines()) == 5 and "not recomputed: " in answer.out
    told = labctl("verify", run, "--salvage")
    assert told.code == 3 and "readings: 0 rows read, lost 1.." in told.out
    assert (tmp_path / "runs" / f"{run.name}-salvage" / "journal.db").is_file()
    document = labctl("verify", run, "--salvage", "--output", tmp_path / "other", "--json").document
    assert document["salvage"]["path"] == str(tmp_path / "other")
    assert document["salvage"]["tables"]["readings"]["read"] == 0
    shown = labctl("show", tmp_path / "other")
    assert shown.code == 0 and "INVALID" in shown.out


def test_a_run_that_is_gone(labctl: Command, tmp_path: Path) -> None:
    run = done(tmp_path / "runs")
    shutil.rmtree(run)
    answer = labctl("verify", run.name, "--json")
    assert answer.code == 3 and answer.document["problems"][0]["kind"] == "missing"
    everything = labctl("verify", "--all")
    assert everything.code == 3 and "is gone" in everything.out


def test_all_runs(labctl: Command, tmp_path: Path) -> None:
    done(tmp_path / "runs")
    document = labctl("verify", "--all", "--json").document
    assert document["ok"] and len(document["runs"]) == 1


def test_what_names_no_run(labctl: Command, tmp_path: Path) -> None:
    first, second = done(tmp_path / "runs"), done(tmp_path / "runs")
    for wrong in (["verify"], ["verify", "last", "--all"], ["verify", "--all", "--salvage"]):
        assert labctl(*wrong, "--json").document["error"]["kind"] == "usage"
    assert labctl("verify", "nothing").code == 3
    beginning = first.name[:8]
    assert second.name.startswith(beginning)
    assert "beginning of 2 runs" in labctl("verify", beginning).err
