"""`report --direction`, `authorise` and `affected` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.labctl.acceptance.real import real_run
from tests.labctl.fakelab import FakeLab

from .conftest import Command


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LABCTL_KEYS", str(tmp_path / "keys.toml"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "runs"


def test_a_direction_without_runs_is_a_table_of_what_is_missing(
    labctl: Command, runs: Path
) -> None:
    runs.mkdir()
    answer = labctl("report", "--direction", "5.2")
    assert answer.code == 0
    assert "5.2-01" in answer.out and answer.out.count("INCOMPLETE") >= 13
    assert (runs / "acceptance-5.2.html").is_file()
    document = labctl("report", "--direction", "5.2", "--json").document
    assert (document["outcome"], document["acceptance"]) == ("INCOMPLETE", False)
    assert document["path"] is None and len(document["indicators"]) == 12


def test_the_table_goes_where_it_is_asked_for(labctl: Command, runs: Path, tmp_path: Path) -> None:
    runs.mkdir()
    path = tmp_path / "table.html"
    document = labctl("report", "--direction", "5.2", "--output", path, "--json").document
    assert document["path"] == str(path) and path.is_file()


@pytest.mark.parametrize("arguments", [(), ("last", "--direction", "5.2")])
def test_one_run_or_one_direction(labctl: Command, runs: Path, arguments: tuple[str, ...]) -> None:
    answer = labctl("report", *arguments, "--json")
    assert answer.code == 3 and answer.document["error"]["kind"] == "usage"


def test_the_path_of_a_report_as_json(labctl: Command, runs: Path) -> None:
    run = real_run(runs).path
    document = labctl("report", "last", "--json").document
    assert Path(document["path"]) == run / "report.html"


def test_a_run_is_authorised_and_its_report_is_no_draft(labctl: Command, runs: Path) -> None:
    run = real_run(runs).path
    document = labctl("authorise", "last", "--by", "Chen Li", "--json").document
    assert (document["run"], document["number"], document["key"]) == (run.name, 3, None)
    assert document["items"] == [{"id": "1.1-90", "sample": "R-1", "outcome": "PASS"}]
    assert "DRAFT" not in (run / "report.html").read_text(encoding="utf-8")
    again = labctl("authorise", "last", "--by", "Wang", "--statement", "seen")
    assert again.code == 0 and "is authorised by Wang; number 4" in again.out


def test_a_simulated_run_is_not_authorised(labctl: Command, runs: Path) -> None:
    real_run(runs, lab=FakeLab())
    answer = labctl("authorise", "last", "--by", "Chen Li", "--json")
    assert answer.code == 3 and "simulated" in answer.document["error"]["message"]


def test_affected_runs_are_told(labctl: Command, runs: Path) -> None:
    run = real_run(runs)
    arguments = ("affected", "--serial", "SIM-7", "--since", "2025-12-31")
    answer = labctl(*arguments)
    assert answer.code == 2 and run.run in answer.out
    assert "1 items rest on SIM-7; 1 verdicts are not proven any more" in answer.out
    (item,) = labctl(*arguments, "--offset", "0.01", "--json").document["items"]
    assert (item["was"], item["now"], item["proven"], item["acceptance"]) == (
        "PASS",
        "PASS",
        True,
        False,
    )
    assert item["readings"][0]["count"] == 5
    later = labctl("affected", "--serial", "SIM-7", "--since", "2999-01-01", "--json")
    assert later.code == 0 and later.document["items"] == []


CERTIFICATE = """
number = "C-9"
laboratory = "PTB"
serial = "{serial}"
calibrated = 2026-02-01
as_found = "{found}"
adjusted = {adjusted}

[[tables]]
name = "resistance, 1 kohm"
function = "resistance"
range = 1000.0
k = 2
unit = "ohm"
points = [
  {{ reading = 0.0, correction = 0.0, U = 0.001 }},
  {{ reading = 500.0, correction = {error}, U = 0.001 }},
]
"""


def certificate(folder: Path, **fields: object) -> Path:
    known = {"serial": "SIM-7", "found": "outside", "adjusted": "false", "error": -0.01}
    path = folder / "certificate.toml"
    path.write_text(CERTIFICATE.format(**{**known, **fields}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("error", "now"), [(-0.01, "PASS"), (-1e5, "CONDITIONAL PASS")], ids=["small", "large"]
)
def test_a_certificate_says_how_wrong_it_was(
    labctl: Command, runs: Path, tmp_path: Path, error: float, now: str
) -> None:
    real_run(runs)
    path = certificate(tmp_path, error=error)
    asked = ("affected", "--serial", "SIM-7", "--since", "2025-12-31", "--certificate", path)
    (item,) = labctl(*asked, "--json").document["items"]
    assert item["now"] == now and item["proven"] == (now == "PASS")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"serial": "4711"}, "the certificate of 4711"),
        ({"found": "within"}, "within its specification"),
        ({"adjusted": "true"}, "after an adjustment"),
    ],
)
def test_a_certificate_that_tells_no_error_is_refused(
    labctl: Command, runs: Path, tmp_path: Path, fields: dict[str, str], message: str
) -> None:
    path = certificate(tmp_path, **fields)
    asked = ("affected", "--serial", "SIM-7", "--since", "2025-12-31", "--certificate", path)
    answer = labctl(*asked, "--json")
    assert answer.code == 3 and message in answer.document["error"]["message"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--since", "yesterday"), "not a date"),
        (("--since", "2026-01-01", "--gain", "1", "--certificate", "c.toml"), "not both"),
    ],
)
def test_what_cannot_be_asked(
    labctl: Command, runs: Path, arguments: tuple[str, ...], message: str
) -> None:
    answer = labctl("affected", "--serial", "SIM-7", *arguments, "--json")
    assert answer.code == 3 and message in answer.document["error"]["message"]
