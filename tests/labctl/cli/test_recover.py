"""`labctl recover` tells each run's bench role by role, in words and as one JSON document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from labctl import recovery
from labctl.cli.main import main
from tests.labctl.dead_runs import FakeRescue, dead_run


def recovered(
    runs: Path, fake: FakeRescue, monkeypatch: pytest.MonkeyPatch, *more: str
) -> int | None:
    monkeypatch.setenv("LABCTL_LEASES", str(runs.parent / "leases"))
    monkeypatch.setattr(recovery, "left_behind", lambda path: fake)
    return main(["recover", *more, "--runs", str(runs)])


def test_safe_benches_end_with_0(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = tmp_path / "runs"
    folder = dead_run(runs)
    assert recovered(runs, FakeRescue(), monkeypatch) == 0
    out, err = capsys.readouterr()
    assert f"{folder.run}: safe" in out and "tcp://192.0.2.1:5025" in out
    assert f"labctl resume {folder.run}" in err and "1 runs" in err
    assert recovered(runs, FakeRescue(), monkeypatch) == 0
    assert capsys.readouterr().out == "", "nothing is left to recover"


def test_one_that_is_not_safe_ends_with_3_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = tmp_path / "runs"
    folder = dead_run(runs)
    assert recovered(runs, FakeRescue("unreached"), monkeypatch, "--json") == 3
    [row] = json.loads(capsys.readouterr().out)["runs"]
    assert (row["run"], row["outcome"], row["resumed"]) == (folder.run, "not safe", False)
    [role] = row["roles"]
    assert (role["state"], role["error"]["remedy"]) == ("unreached", "by hand")


def test_named_runs_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = tmp_path / "runs"
    first, second = dead_run(runs), dead_run(runs, closed=True)
    assert recovered(runs, FakeRescue(), monkeypatch, second.run, "--json") == 0
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["runs"]
    assert [row["run"] for row in rows] == [second.run] != [first.run]


def test_no_runs_are_an_empty_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert recovered(tmp_path / "none", FakeRescue(), monkeypatch, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"runs": []}
