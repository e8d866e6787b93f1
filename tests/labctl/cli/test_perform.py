from __future__ import annotations

from pathlib import Path

import pytest

from labctl import catalogue
from labctl.agreement import default
from labctl.cli.perform import (
    as_document,
    exit_code,
    is_guarded,
    is_virtual,
    operator,
    perform,
    real_bench,
)
from labctl.engine import ItemOutcome, RunOutcome, RunRequest
from labctl.errors import Defect, LabError, LinkError, UsageError
from labctl.evidence import Evidence, Figure
from labctl.verdict import judge

INDICATOR = catalogue.load().get("1.1-03")


def item(value: float | None, error: LabError | None = None, u: float = 0.1) -> ItemOutcome:
    half = 1.96 * u
    results = (
        {"power_conversion_efficiency": Figure(value, "%", u, value - half, value + half)}
        if value is not None
        else {}
    )
    verdict = judge(INDICATOR, Evidence(dict(results)), default(), simulated=True)
    if error is None:
        return ItemOutcome(INDICATOR.id, verdict)
    return ItemOutcome(INDICATOR.id, verdict, error.as_dict(), error.exit_code)


PASS, FAIL, CONDITIONAL, INCOMPLETE = item(21.4), item(18.0), item(20.1), item(None)
LINE, DEFECT = item(None, LinkError("no answer")), item(None, Defect("odd"))


@pytest.mark.parametrize(
    ("items", "interrupted", "code"),
    [
        ([PASS, PASS], False, 0),
        ([PASS, CONDITIONAL], False, 2),
        ([PASS, INCOMPLETE], False, 2),
        ([CONDITIONAL, FAIL], False, 1),
        ([FAIL, LINE], False, 3),
        ([FAIL, LINE], True, 130),
        ([PASS], True, 130),
        ([], True, 130),
        ([LINE, DEFECT], True, 4),
        ([], False, 2),
    ],
)
def test_the_first_that_applies_is_the_exit_code(
    items: list[ItemOutcome], interrupted: bool, code: int
) -> None:
    assert exit_code(items, interrupted) == code


def test_the_document_is_as_designed() -> None:
    document = as_document(RunOutcome("r1", Path("runs/r1"), (PASS, LINE)))
    assert list(document) == ["run", "path", "verdicts"]
    first, second = document["verdicts"]
    assert list(first) == [
        "id",
        "outcome",
        "simulated",
        "value",
        "unit",
        "u",
        "U",
        "rows",
        "error",
    ]
    assert (first["outcome"], first["value"], first["unit"]) == ("PASS", 21.4, "%")
    assert second["outcome"] == "INCOMPLETE"
    assert second["value"] is None
    assert second["error"]["kind"] == "link"


@pytest.mark.parametrize("interrupted", [True, False])
def test_an_interrupted_run_does_not_wait_for_its_report(
    interrupted: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    written: list[Path] = []

    def execute(request: RunRequest) -> RunOutcome:
        return RunOutcome("r1", tmp_path, (PASS,), interrupted)

    def write_report(run: Path) -> Path:
        written.append(run)
        return run / "report.html"

    monkeypatch.setattr("labctl.engine.execute", execute)
    monkeypatch.setattr("labctl.report.write.write_report", write_report)
    code = perform(RunRequest(("1.1-03",), (INDICATOR,), default(), tmp_path), as_json=False)
    out, err = capsys.readouterr()
    assert code == (130 if interrupted else 0)
    assert "PASS" in out
    assert written == ([] if interrupted else [tmp_path])
    assert ("interrupted" in err) is interrupted


def test_a_bench_without_simulation_is_real(tmp_path: Path) -> None:
    bench = tmp_path / "b.toml"
    assert not real_bench(None)
    assert not real_bench(bench)
    bench.write_text('name = "b"\n', encoding="utf-8")
    assert real_bench(bench)
    bench.write_text('name = "b"\n[sim]\nworld = "w"\n', encoding="utf-8")
    assert not real_bench(bench)
    bench.write_text("name =", encoding="utf-8")
    assert not real_bench(bench)


def test_only_a_real_bench_has_an_operator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "li")
    bench = tmp_path / "b.toml"
    bench.write_text('name = "b"\n', encoding="utf-8")
    assert (operator(None), operator(bench)) == ("", "li")


def test_a_system_that_knows_no_user_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr("getpass.getuser", unknown)
    bench = tmp_path / "b.toml"
    bench.write_text('name = "b"\n', encoding="utf-8")
    assert operator(bench) == ""


def test_real_documents_and_real_benches_keep_real_time(tmp_path: Path) -> None:
    bench = tmp_path / "bench.toml"
    bench.write_text('name = "a"\nrig = "photovoltaic"\n', encoding="utf-8")
    assert is_virtual(None, None, None)
    assert not is_virtual("real", None, None)
    assert not is_virtual(None, bench, None)
    assert not is_virtual(None, None, tmp_path)
    with pytest.raises(UsageError, match="cannot be run in virtual time"):
        is_virtual("virtual", bench, None)
    with pytest.raises(UsageError, match="leave --time out"):
        is_virtual("virtual", None, tmp_path)


def test_a_real_bench_is_always_guarded_and_a_guarded_run_keeps_real_time(tmp_path: Path) -> None:
    bench = tmp_path / "bench.toml"
    bench.write_text('name = "a"\nrig = "photovoltaic"\n', encoding="utf-8")
    assert is_guarded(False, None, bench)
    assert is_guarded(True, None, None) and is_guarded(True, "real", None)
    assert not is_guarded(False, None, None) and not is_guarded(False, "virtual", None)
    with pytest.raises(UsageError, match="keeps real time"):
        is_guarded(True, "virtual", None)
