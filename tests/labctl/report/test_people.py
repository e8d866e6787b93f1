"""Answers and what was superseded, in words."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from labctl.asking.prompts import ConfirmPrompt, NumberPrompt
from labctl.i18n import using
from labctl.journal.plain import encode
from labctl.journal.rows import AmendmentRow, AnswerRow
from labctl.report.page import page
from labctl.report.people import act_views, answer_views, earlier_verdicts, people_lines
from labctl.runfile import ItemRecord, RunRecord

UTC = 1767225600.0
WIDTH = encode(NumberPrompt("width", "Width of the <strip>", unit="mm"))
DOOR = encode(ConfirmPrompt("door", "The door is locked"))
GIVEN = AnswerRow(
    1, 3, "width", "number", WIDTH, '{"value":6.0,"unit":"mm","u":0.0}', "mm", "6", "Ann", "",
    "person", 0.0, UTC, 5.0, UTC + 5.0,
)  # fmt: skip
LOCKED = msgspec.structs.replace(
    GIVEN, prompt="door", question=DOOR, value="true", unit="", second="Bob", attempt=4
)
NOBODY = msgspec.structs.replace(GIVEN, who="", source="timeout")
FIRST = AmendmentRow(
    1, "amend", "width", 9, '{"value":4.0,"unit":"mm","u":0.0}', "4", "misread", "Bob", 0.0, UTC
)
SECOND = msgspec.structs.replace(FIRST, value='{"value":5.0,"unit":"mm","u":0.0}', who="Cleo")
REDO = msgspec.structs.replace(FIRST, kind="redo", subject="sweep", value="", reason="noise")


@pytest.fixture
def item(record: RunRecord) -> ItemRecord:
    one = record.items[0]
    return replace(
        one,
        answers=(GIVEN, LOCKED),
        amendments=(FIRST, REDO, SECOND),
        verdicts=(one.verdict, one.verdict),  # type: ignore[arg-type]
    )


def test_the_answer_that_stands_and_those_before(item: ItemRecord) -> None:
    width, door = answer_views(item)
    assert (width.value, width.who, width.source) == ("5 mm", "Cleo", "answer corrected")
    assert [(one.value, one.given[:3], one.act[:4]) for one in width.superseded] == [
        ("6 mm", "Ann", "Bob,"),
        ("4 mm", "Bob", "Cleo"),
    ]
    assert (door.value, door.who, door.superseded) == ("yes", "Ann + Bob", ())


def test_an_answer_that_was_asked_again_is_not_what_was_amended(item: ItemRecord) -> None:
    again = msgspec.structs.replace(GIVEN, attempt=10)
    (view,) = answer_views(replace(item, answers=(again,)))
    assert (view.value, view.superseded) == ("6 mm", ())


def test_a_safe_answer_is_nobodys(item: ItemRecord) -> None:
    (view,) = answer_views(replace(item, answers=(NOBODY,), amendments=()))
    assert (view.who, view.source) == ("–", "timed out: nobody answered")


def test_every_act_has_who_when_and_why(item: ItemRecord) -> None:
    assert [(v.kind, v.subject, v.who, v.reason) for v in act_views(item)] == [
        ("answer corrected", "width", "Bob", "misread"),
        ("step done again", "sweep", "Bob", "noise"),
        ("answer corrected", "width", "Cleo", "misread"),
    ]


def test_the_verdict_that_stands_is_not_among_those_before(item: ItemRecord) -> None:
    assert len(earlier_verdicts(item)) == 1
    assert len(earlier_verdicts(replace(item, verdict=None))) == 2


def test_the_page_strikes_out_what_does_not_stand(record: RunRecord, item: ItemRecord) -> None:
    changed = replace(record, items=(item, *record.items[1:]))
    text = page(changed)
    assert text.index("<del>6 mm</del>") < text.index("<del>4 mm</del>") < text.index("5 mm</td>")
    assert "Width of the &lt;strip&gt;" in text, "what people write is never markup"
    assert "misread" in text and "Verdicts before" in text
    with using("zh"):
        chinese = page(changed)
    for words in ("Answers", "Superseded", "Verdicts before", "superseded by", "answer corrected"):
        assert words not in chinese, words
    assert "<caption>Answers" not in page(record), "nothing is shown of nothing"


def test_the_terminal_says_the_same(item: ItemRecord) -> None:
    lines = people_lines(item)
    assert lines[0].startswith("Width of the <strip> → 5 mm [before: 6 mm] [before: 4 mm]; Cleo")
    assert any(line.startswith("step done again: sweep; Bob") for line in lines)
    assert lines[-1].startswith("verdict before: ")
