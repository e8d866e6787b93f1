from __future__ import annotations

import msgspec
import pytest

from labctl import clock
from labctl.errors import OperatorError
from labctl.evidence import Observed
from labctl.indicator import Condition
from labctl.operator import (
    Operator,
    SheetOperator,
    TerminalOperator,
    declare,
    operator_name,
    operators,
)
from tests.labctl.fakelab import INDICATOR

WORDS = (
    Condition(quantity="duration", value=1.0, unit="h"),
    Condition(aspect="medium", text="pure water"),
    Condition(aspect="must_include", text="a, b"),
    Condition(aspect="for_example", text="c"),
    Condition(aspect="exposure", text="continuous illumination"),
)
ASKING = msgspec.structs.replace(INDICATOR, conditions=WORDS)


def declared(*people: Operator) -> list[Observed]:
    return clock.run(declare(ASKING, people), virtual=False)


def said(*answers: str) -> tuple[TerminalOperator, list[str]]:
    prompts: list[str] = []
    left = list(answers)

    def ask(prompt: str) -> str:
        prompts.append(prompt)
        return left.pop(0)

    return TerminalOperator("Ann", ask), prompts


def test_the_sheet_answers_for_what_it_states() -> None:
    sheet = SheetOperator({"medium": "tap water"}, "sheet")
    assert declared(sheet) == [Observed(aspect="medium", text="tap water", declared_by="sheet")]


def test_a_person_confirms_or_says_what_it_is() -> None:
    person, prompts = said("y", "six lamps")
    assert declared(person) == [
        Observed(aspect="medium", text="pure water", declared_by="Ann"),
        Observed(aspect="exposure", text="six lamps", declared_by="Ann"),
    ]
    assert prompts[0].startswith("medium: pure water")


def test_no_answer_is_no_observation() -> None:
    person, _ = said("", " ")
    assert declared(person) == []


def test_a_person_is_asked_only_for_what_the_sheet_leaves_open() -> None:
    person, prompts = said("是")
    found = declared(SheetOperator({"medium": "pure water"}, "Ann"), person)
    assert [one.text for one in found] == ["pure water", "continuous illumination"]
    assert len(prompts) == 1


def test_without_a_terminal_a_person_owes_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", _Closed())
    with pytest.raises(OperatorError, match="nobody is at the terminal") as caught:
        declared(TerminalOperator("Ann"))
    assert "--sample" in caught.value.remedy


class _Closed:
    def isatty(self) -> bool:
        return False


class _Terminal:
    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)

    def isatty(self) -> bool:
        return True

    def readline(self) -> str:
        return self.lines.pop(0)


def test_prompts_go_to_stderr(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", _Terminal("y\r\n", "yes\n"))
    assert [one.text for one in declared(TerminalOperator("Ann"))] == [
        "pure water",
        "continuous illumination",
    ]
    told = capsys.readouterr()
    assert "medium: pure water" in told.err
    assert told.out == ""


def test_a_terminal_that_was_closed_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", _Terminal(""))
    with pytest.raises(OperatorError, match="closed"):
        declared(TerminalOperator("Ann"))


def test_on_a_simulated_bench_nobody_is_asked() -> None:
    assert len(operators("", {}, simulated=True)) == 1
    assert len(operators("Ann", {}, simulated=False)) == 2
    assert operator_name("", simulated=True) == "simulated operator"
    assert operator_name("", simulated=False) == ""
    assert operator_name("Ann", simulated=True) == "Ann"
