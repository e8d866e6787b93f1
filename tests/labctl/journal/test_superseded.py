"""What stands of answers and steps after people superseded some of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl import clock
from labctl.journal import Journal, Reader
from labctl.journal.rows import AmendmentRow, AnswerRow
from labctl.journal.standing import standing
from labctl.journal.superseded import (
    amendments,
    answers,
    part_of,
    redone,
    standing_answers,
    steps_done,
)
from tests.labctl.journal.writing import folder, volts, write

VERSIONS = Path(__file__).parent / "versions"


def answer(attempt: int, value: str, prompt: str = "width", who: str = "Ann") -> AnswerRow:
    return AnswerRow(
        1, attempt, prompt, "text", "{}", value, "", value, who, "", "person", 0.0, 0.0, 0.0, 0.0
    )  # fmt: skip


def act(kind: str, subject: str, attempt: int, value: str = "") -> AmendmentRow:
    return AmendmentRow(1, kind, subject, attempt, value, value, "why", "Bob", 0.0, 1.0)  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.booleans(), st.text(max_size=3)), max_size=12))
def test_what_was_said_last_stands(said: list[tuple[bool, str]]) -> None:
    """Answers and amendments in any order: a later answer is one that was asked again."""
    given_, acts, expected, attempt = [answer(1, "first")], [], "first", 1
    for asked_again, value in said:
        if asked_again:
            attempt += 1
            given_.append(answer(attempt, value))
        else:
            acts.append(act("amend", "width", attempt, value))
        expected = value
    assert standing_answers(given_, acts, frozenset())["width"].value == expected


def test_an_amendment_of_what_was_never_asked_is_none() -> None:
    assert standing_answers([], [act("amend", "width", 1, "x")], frozenset()) == {}


@pytest.mark.parametrize(
    ("step", "whole", "inside"),
    [("a", "a", True), ("a/b", "a", True), ("ab", "a", False), ("a", "a/b", False)],
)
def test_a_step_is_done_again_with_all_that_is_in_it(step: str, whole: str, inside: bool) -> None:
    assert part_of(step, whole) is inside


async def soaked(journal: Journal) -> None:
    """A soak with a step inside, a sweep, a prompt; then the soak is to be done again."""
    item = journal.item("x", {}, "", "")
    soak = journal.attempt(item, "soak", 1)
    await journal.record(item, "volts", [volts(1.0)], soak)
    await journal.advance(soak, 10.0, '{"begin":0.0,"points":1,"results":[]}')
    nested = journal.attempt(item, "soak/0", 1)
    await journal.record(item, "volts", [volts(2.0)], nested)
    await journal.finish(nested, "2")
    await journal.finish(soak, "[]")
    sweep = journal.attempt(item, "sweep", 1)
    await journal.record(item, "volts", [volts(3.0)], sweep)
    await journal.finish(sweep, "3")
    journal.amended(act("redo", "soak", sweep))
    await clock.sleep(1.0)
    await journal.flush()


def test_a_redone_step_gives_no_result_no_part_and_no_reading(tmp_path: Path) -> None:
    where = folder(tmp_path)
    write(where, soaked)
    with Reader(where.journal) as reader:
        known = standing(reader, 1)
        assert redone(reader, 1) == {1, 2}
        assert known.stored == {"sweep": "3"}
        assert known.parts == {}
        assert known.attempts == {"soak": 1, "soak/0": 1, "sweep": 1}
        assert known.superseded == ("step:soak: done again",)
        assert [one.value for one in reader.readings(1, "volts")] == [3.0]
        assert len(reader.readings(1, "volts", all=True)) == 3
        assert steps_done(reader, 1) == ("sweep",)


async def soaked_again(journal: Journal) -> None:
    await soaked(journal)
    again = journal.attempt(1, "soak", 2)
    await journal.record(1, "volts", [volts(4.0)], again)
    await journal.finish(again, "[4]")


def test_what_is_done_again_counts(tmp_path: Path) -> None:
    where = folder(tmp_path)
    write(where, soaked_again)
    with Reader(where.journal) as reader:
        assert standing(reader, 1).stored == {"sweep": "3", "soak": "[4]"}
        assert [one.value for one in reader.readings(1, "volts")] == [3.0, 4.0]
        assert steps_done(reader, 1) == ("sweep", "soak")


async def taken_back(journal: Journal) -> None:
    item = journal.item("x", {}, "", "")
    journal.fact(item, "verdict", {"outcome": "PASS"})
    journal.fact(item, "verdict", None)


def test_a_fact_that_was_taken_back_is_none_and_is_kept(tmp_path: Path) -> None:
    where = folder(tmp_path)
    write(where, taken_back)
    with Reader(where.journal) as reader:
        assert reader.fact(1, "verdict", dict[str, str]) is None
        assert reader.facts(1, "verdict", dict[str, str]) == ({"outcome": "PASS"},)


@pytest.mark.parametrize("version", [1, 2])
def test_journals_of_before_have_none(version: int) -> None:
    with Reader(VERSIONS / f"{version}.db") as reader:
        assert answers(reader, 1) == amendments(reader, 1) == ()
        assert redone(reader, 1) == frozenset()
