"""`run`, `show`, `report`, `runs` on a document indicator: real engine, real journal, fast."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from .conftest import Command

DOCUMENT = "1.1-02"


@pytest.fixture
def folder(labctl: Command) -> Path:
    """The folder of a run that passes."""
    return Path(labctl("run", DOCUMENT, "--json").document["path"])


def test_json_is_one_document(labctl: Command, tmp_path: Path) -> None:
    answer = labctl("run", DOCUMENT, "--json")
    document = answer.document
    assert answer.code == 0
    assert answer.err == ""
    assert Path(document["path"]).parent == tmp_path / "runs"
    (verdict,) = document["verdicts"]
    assert (verdict["id"], verdict["outcome"], verdict["simulated"]) == (DOCUMENT, "PASS", True)
    assert verdict["error"] is None


def test_a_failing_device_fails(labctl: Command) -> None:
    answer = labctl("run", DOCUMENT, "--dut", "failing", "--json")
    assert answer.document["verdicts"][0]["outcome"] == "FAIL"
    assert answer.code == 1


def test_people_get_a_table_and_the_paths(labctl: Command) -> None:
    answer = labctl("run", DOCUMENT, "--lang", "zh")
    assert answer.code == 0
    assert "合格" in answer.out
    assert "仿真：由仿真仪器产生，不构成验收。" in answer.out
    report = Path(answer.out.splitlines()[-1].partition("：")[2])
    assert report.name == "report.html"
    assert 'lang="zh-CN"' in report.read_text(encoding="utf-8")
    assert DOCUMENT in answer.err


def test_an_unknown_id_suggests_the_nearest(labctl: Command) -> None:
    answer = labctl("run", "1.1-99", "--json")
    assert answer.code == 3
    assert "1.1-" in answer.document["error"]["remedy"]


def test_an_indicator_without_procedure_is_incomplete(labctl: Command) -> None:
    answer = labctl("run", "10.12-05", "--json")
    (verdict,) = answer.document["verdicts"]
    assert answer.code == 3
    assert verdict["outcome"] == "INCOMPLETE"
    assert verdict["error"]["kind"] == "usage"
    assert verdict["value"] is None


def test_a_missing_agreement_is_refused(labctl: Command, tmp_path: Path) -> None:
    answer = labctl("run", DOCUMENT, "--agreement", tmp_path / "no.toml", "--json")
    assert answer.code == 3
    assert "no.toml" in answer.document["error"]["message"]


def test_runs_lists_what_was_run(labctl: Command, folder: Path) -> None:
    (row,) = labctl("runs", "--json").document
    assert list(row) == ["run", "path", "started", "state", "targets"]
    assert (row["run"], row["path"], row["state"]) == (folder.name, str(folder), "done")
    assert row["targets"] == [DOCUMENT]
    assert folder.name in labctl("runs").out


def test_no_runs_is_an_empty_list(labctl: Command) -> None:
    assert labctl("runs", "--json").document == []


def test_show_tells_verdict_and_conditions(labctl: Command, folder: Path) -> None:
    answer = labctl("show", "last")
    assert answer.code == 0
    assert answer.out.startswith(f"run {folder.name}, done")
    assert "PASS" in answer.out
    assert "合格" in labctl("show", folder.name[:12], "--lang", "zh").out


def test_report_writes_where_it_is_told(labctl: Command, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.html"
    answer = labctl("report", folder, "--output", target)
    assert answer.out.strip() == str(target)
    assert folder.name in target.read_text(encoding="utf-8")


def test_readings_are_exported(labctl: Command, folder: Path) -> None:
    path = Path(labctl("report", "last", "--format", "csv").out.strip())
    assert path.parent == folder
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][:3] == ["item", "channel", "t_s"]


def test_a_format_nobody_knows_is_refused(labctl: Command, folder: Path) -> None:
    answer = labctl("report", "last", "--format", "xml")
    assert "unknown format 'xml'" in answer.err and "html, csv, parquet, crate" in answer.err


def test_a_report_that_cannot_be_written_says_where(
    labctl: Command, folder: Path, tmp_path: Path
) -> None:
    answer = labctl("report", "last", "--output", tmp_path / "no" / "out.html")
    assert answer.code == 3
    assert "out.html" in answer.err


def test_a_traced_run_holds_what_went_over_each_line(labctl: Command) -> None:
    document = labctl("run", "1.1-03", "--trace", "--json").document
    folder = Path(document["path"]) / "trace"
    roles = {path.stem for path in folder.glob("*.jsonl")}
    assert {"source_meter", "lamp", "chuck"} <= roles
    first, second, *_ = (folder / "source_meter.jsonl").read_text(encoding="utf-8").splitlines()
    assert '"kind":"message"' in first
    assert '"sent":"*IDN?"' in second
