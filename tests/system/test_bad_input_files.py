"""Files that people write wrongly, through the command line: file, line or key, and exit 3."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from labctl.cli.main import main
from rigs.benches import simulated_bench

BENCH = simulated_bench("photovoltaic").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("LABCTL_RUNS", str(tmp_path / "runs"))


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    """The error that `labctl run 1.1-03 ... --json` reports, of the run or of its item."""
    capsys.readouterr()
    assert main(["run", *map(str, arguments), "--json"]) == 3
    out, err = capsys.readouterr()
    assert err == ""
    document = json.loads(out)
    if "error" in document:
        return dict(document["error"])
    [verdict] = document["verdicts"]
    assert verdict["outcome"] == "INCOMPLETE"
    return dict(verdict["error"])


def line_of(text: str, part: str) -> int:
    """The line from 1 on which `part` stands."""
    return 1 + text[: text.index(part)].count("\n")


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ('port = "lamp"', 'prot = "lamp"', "roles.lamp.prot", "unknown key"),
        ("value = 20,", 'value = "20",', "roles.source_meter.limits.voltage.value", "`float`"),
        ("[roles.chuck]", "[roles.chock]", "roles", "the role chuck is missing"),
        ("keithley.dmm6500", "keithley.dmm65000", "roles.reference_meter.driver", "no driver"),
        ('"W/m**2" }', '"W/m**" }', "roles.lamp.limits.irradiance", "unknown unit 'W/m**'"),
        ('unit = "mm"', 'unit = "V"', "roles.bender.limits.radius_min", "'V'"),
        ('"sim:serial"', '"serial:///dev/x"', "roles.lamp.address", "on a simulated bench"),
        ('rig = "photovoltaic"', 'rig = "pv"', "rig", "needs 'photovoltaic'"),
        ("u = 0.0006", "u = 0", "reference_cell.responsivity", "positive u"),
        ('source = "simulated map', 'sauce = "simulated map', "uncertainty.2.sauce", "unknown key"),
    ],
)
def test_a_malformed_bench(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, key: str, said: str
) -> None:
    text = BENCH.replace(old, new, 1)
    assert text != BENCH
    path = tmp_path / "bench.toml"
    path.write_text(text, encoding="utf-8")
    error = refused(capsys, "1.1-03", "--bench", path)
    assert error["kind"] == "bench"
    assert error["message"].startswith(f"{path}")
    assert f" {key}: " in error["message"]
    assert said in error["message"] + error["remedy"]


def test_a_wrong_line_of_a_bench_is_numbered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bench.toml"
    path.write_text(BENCH.replace('port = "lamp"', 'prot = "lamp"'), encoding="utf-8")
    error = refused(capsys, "1.1-03", "--bench", path)
    assert f"{path}:{line_of(path.read_text(encoding='utf-8'), 'prot')}: " in error["message"]
    path.write_text(BENCH.replace("[sim]", "[sim"), encoding="utf-8")
    assert (
        f"line {line_of(BENCH, '[sim]')}" in refused(capsys, "1.1-03", "--bench", path)["message"]
    )


def test_a_bench_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    error = refused(capsys, "1.1-03", "--bench", tmp_path / "no.toml")
    assert str(tmp_path / "no.toml") in error["message"]
    assert error["remedy"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('rule = "kind"', "rule"),
        ("items = 0", "items"),
        ("tolerance = 3", "tolerance"),
        ('[tolerances]\ntemperature = {value = "2", unit = "K"}', "tolerances"),
        ('[tolerances]\ntemperature = {value = 2, unit = "furlong_s"}', "furlong_s"),
        ("rule = ", "line 1"),
    ],
)
def test_a_malformed_agreement(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    path = tmp_path / "agreement.toml"
    path.write_text(text, encoding="utf-8")
    error = refused(capsys, "1.1-03", "--agreement", path)
    assert error["kind"] in ("bench", "usage")
    assert str(path) in error["message"]
    assert said in error["message"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('"1.1-03" = "much"', "expected a number in %"),
        ('"1.1-03" = {power = 3}', "1.1-03.power: no such row"),
        ('"1.1-04" = 3', "nothing on 1.1-03"),
        ('"1.1-03" = ', "not TOML"),
        ('"1.1-03" = 60.0', "this one reaches"),
        ('"1.1-03" = nan', "must be power_conversion_efficiency in %"),
    ],
)
def test_a_malformed_truth_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    path = tmp_path / "truth.toml"
    path.write_text(text, encoding="utf-8")
    error = refused(capsys, "1.1-03", "--dut", path)
    assert said in error["message"]
    assert str(path) in error["message"] or "power_conversion_efficiency" in error["message"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('indicator = "1.1-02"', "prepared_by"),
        ('indicator = "5.3-13"\nprepared_by = "A"\nchecked_by = "B"', "1.1-02"),
        ('indicator = "1.1-02"\nprepared_by = 3', "prepared_by"),
        ('indicator = "1.1-02"\n[[entry]', "line 2"),
    ],
)
def test_a_malformed_dossier(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    (tmp_path / "dossier.toml").write_text(text, encoding="utf-8")
    error = refused(capsys, "1.1-02", "--dossier", tmp_path)
    assert error["kind"] == "bench"
    assert "dossier.toml" in error["message"]
    assert said in error["message"] + error["remedy"]


def test_an_unknown_id_gets_suggestions(capsys: pytest.CaptureFixture[str]) -> None:
    error = refused(capsys, "1.1-99")
    assert error["kind"] == "usage"
    assert "1.1-99" in error["message"]
    assert "1.1-09" in error["remedy"]


def test_an_indicator_without_a_procedure_is_incomplete(
    capsys: pytest.CaptureFixture[str],
) -> None:
    error = refused(capsys, "10.12-05")
    assert "has no procedure" in error["message"]
