from __future__ import annotations

import asyncio
from typing import Any

import pytest

from labctl import clock
from labctl.asking.lines import Lines
from labctl.asking.prompts import (
    Answer,
    BarcodePrompt,
    ChoicePrompt,
    ConfirmPrompt,
    FilePrompt,
    NumberPrompt,
    TextPrompt,
)
from labctl.asking.terminal import Terminal
from labctl.errors import OperatorError
from labctl.i18n import using
from labctl.words import Text


class Typed(Lines):
    """Lines that are typed one after the other."""

    def __init__(self, *said: str) -> None:
        super().__init__()
        self.said = list(said)

    def next(self) -> asyncio.Future[str]:
        typed: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        typed.set_result(self.said.pop(0))
        return typed


def asked(prompt: Any, *said: str, who: str = "Ann") -> Answer:
    terminal = Terminal(who, Typed(*said), there=lambda: True)
    return clock.run(terminal.ask(prompt), virtual=False)


def test_what_is_typed_comes_back_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    prompt = NumberPrompt("width", "Width of the strip", unit="mm", low=1.0, item="1.1-03")
    assert asked(prompt, "nonsense") == Answer("nonsense", "Ann")
    shown = capsys.readouterr()
    assert "[1.1-03] Width of the strip\n(a number, 1 … mm) > " in shown.err
    assert shown.out == "", "stdout is for results"


@pytest.mark.parametrize(
    ("prompt", "shows"),
    [
        (TextPrompt("a", "medium", proposed="air"), "(y, or what else) >"),
        (TextPrompt("a", "medium"), "(text) >"),
        (NumberPrompt("a", "w", unit="mm"), "(a number in mm) >"),
        (NumberPrompt("a", "w", unit="mm", low=0, high=2.5), "(a number, 0 … 2.5 mm) >"),
        (ChoicePrompt("a", "c", options=("clear", "brown")), "  2. brown\n(1 to 2) >"),
        (BarcodePrompt("a", "b"), "(scan or type) >"),
        (FilePrompt("a", "f"), "(path of the file) >"),
        (FilePrompt("a", "f", photo=True), "(path of the photo) >"),
        (TextPrompt("a", "t", timeout=300.0, safe="dark"), "within 5 min it is taken to be: dark."),
        (TextPrompt("a", "t", refused=Text("too {what}", {"what": "long"})), "\ntoo long\nt\n"),
    ],
)
def test_each_kind_says_what_is_to_be_typed(
    prompt: Any, shows: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(prompt, "x")
    assert shows in capsys.readouterr().err


def test_it_speaks_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    with using("zh"):
        asked(ConfirmPrompt("a", "门已锁"), "是", "李")
        asked(NumberPrompt("a", "宽度", unit="mm"), "5")
    shown = capsys.readouterr().err
    assert "门已锁" in shown
    assert "y or n" not in shown and "a number" not in shown and "Name" not in shown


def test_a_yes_asks_for_the_second_person_and_a_no_does_not() -> None:
    prompt = ConfirmPrompt("door", "The door is locked")
    assert asked(prompt, "y", "Bob") == Answer("y", "Ann", "Bob")
    assert asked(prompt, "n") == Answer("n", "Ann")
    assert asked(prompt, "perhaps") == Answer("perhaps", "Ann")


def test_who_is_not_known_is_asked_once() -> None:
    lines = Typed("5", "Cleo", "6")
    terminal = Terminal("", lines, there=lambda: True)
    prompt = NumberPrompt("width", "Width", unit="mm")
    assert clock.run(terminal.ask(prompt), virtual=False) == Answer("5", "Cleo")
    assert clock.run(terminal.ask(prompt), virtual=False) == Answer("6", "Cleo")


def test_without_a_person_there_it_says_what_to_do() -> None:
    terminal = Terminal("Ann", Typed(), there=lambda: False)
    with pytest.raises(OperatorError, match="nobody is at the terminal") as caught:
        clock.run(terminal.ask(TextPrompt("remark", "Remarks")), virtual=False)
    assert "--answers" in caught.value.remedy
    assert caught.value.command == "remark"
