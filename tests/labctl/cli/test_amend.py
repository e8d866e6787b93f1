"""`amend` on the command line: what is told, what is written anew, what goes wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from labctl.asking.prompts import NumberPrompt
from tests.labctl.asking.desks import told

from .conftest import Command

WIDTH = NumberPrompt("width", "Width", unit="mm", low=1.0, high=20.0, simulated="6")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a run of two items that asked for a width."""
    outcome, _, resolve = told(tmp_path / "runs", {"width": WIDTH}, items=2)
    monkeypatch.setattr("labctl.asking.afterwards.procedure_for", resolve)
    return outcome.run


def amended(labctl: Command, run: str, *more: str) -> Any:
    return labctl("amend", run, "width", "0.4 cm", "--reason", "misread", "--who", "Bob", *more)


def test_people_are_told_both_verdicts(labctl: Command, run: str, tmp_path: Path) -> None:
    answer = amended(labctl, run, "--item", "1.1-91")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines()[:2] == [
        "1.1-91: width is 0.4 cm now, by Bob",
        "verdict: PASS, before; FAIL, now",
    ]
    page = (tmp_path / "runs" / run / "report.html").read_text(encoding="utf-8")
    assert "<del>6 mm</del>" in page and "misread" in page
    shown = labctl("show", run).out
    assert "Width → 4 mm [before: 6 mm]; Bob, answer corrected" in shown
    assert "verdict before: PASS" in shown


def test_json_has_both_verdicts(labctl: Command, run: str) -> None:
    document = amended(labctl, run, "--item", "1.1-91", "--json").document
    assert (document["run"], document["item"], document["kind"]) == (run, "1.1-91", "amend")
    assert (document["before"]["outcome"], document["after"]["outcome"]) == ("PASS", "FAIL")
    assert (document["said"], document["reason"], document["who"]) == ("0.4 cm", "misread", "Bob")


def test_it_speaks_chinese(labctl: Command, run: str) -> None:
    answer = amended(labctl, run, "--item", "1.1-91", "--lang", "zh")
    assert "合格" in answer.out and "不合格" in answer.out
    assert "verdict" not in answer.out and "now" not in answer.out


@pytest.mark.parametrize(
    ("arguments", "message", "remedy"),
    [
        (("width", "4"), "several items", "1.1-90, 1.1-91"),
        (("height", "4"), "there is no prompt 'height'", "condition/medium, width"),
        (("width", "wide", "--item", "1.1-91"), "Type a number", ""),
        (("width", "4", "--item", "9.9-99"), "there is no prompt 'width'", "none"),
    ],
)
def test_what_cannot_be_says_what_there_is(
    labctl: Command, run: str, arguments: tuple[str, ...], message: str, remedy: str
) -> None:
    answer = labctl("amend", run, *arguments, "--reason", "misread", "--json")
    error = answer.document["error"]
    assert answer.code == 3
    assert message in error["message"] and remedy in error["remedy"]


def test_a_reason_has_to_be_given(labctl: Command, run: str) -> None:
    answer = labctl("amend", run, "width", "4", "--item", "1.1-91")
    assert answer.code == 3
    assert "--reason" in answer.err
