"""What people answered, and what they superseded afterwards, as the journal holds it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from labctl.evidence import Identity
from labctl.journal.plain import decode
from labctl.journal.rows import AmendmentRow, AnswerRow
from labctl.journal.schema import AMENDMENTS, ANSWERS, Table

if TYPE_CHECKING:
    from labctl.journal.reader import Reader

SINCE = 3
"""Schema version that brought both tables."""


def answers(reader: Reader, item: int) -> tuple[AnswerRow, ...]:
    """All answers of an item, in order; of a prompt that was asked again the last one stands."""
    rows = _rows(reader, ANSWERS, item)
    return tuple(msgspec.convert(row, AnswerRow) for row in rows)


def amendments(reader: Reader, item: int) -> tuple[AmendmentRow, ...]:
    """All amendments of an item, in order."""
    rows = _rows(reader, AMENDMENTS, item)
    return tuple(msgspec.convert(row, AmendmentRow) for row in rows)


def redone(reader: Reader, item: int) -> frozenset[int]:
    """Numbers of the attempts whose results and readings are not to be used any more."""
    ordered = [row for row in amendments(reader, item) if row.kind == "redo"]
    if not ordered:
        return frozenset()
    attempts = list(reader.rows("SELECT id, step FROM attempts WHERE item = ?", item))
    return frozenset(
        number
        for number, step in attempts
        if any(number <= row.attempt and part_of(step, row.subject) for row in ordered)
    )


def steps_done(reader: Reader, item: int) -> tuple[str, ...]:
    """Steps of an item that were finished and are not to be done again, in the order of the first
    attempt; an exposure that was not finished is one where a part of it was committed."""
    again = redone(reader, item)
    rows = reader.rows(
        "SELECT id, step FROM attempts WHERE item = ?1 AND (id IN (SELECT attempt FROM steps)"
        " OR id IN (SELECT attempt FROM progress)) ORDER BY rowid",
        item,
    )
    return tuple(dict.fromkeys(step for number, step in rows if number not in again))


def part_of(step: str, whole: str) -> bool:
    """Whether `step` is the step `whole`, or inside it."""
    return step == whole or step.startswith(f"{whole}/")


class Word(msgspec.Struct, frozen=True):
    """An answer as it stands: its value as JSON, who gave it, in which attempt."""

    value: str
    who: str
    attempt: int


def standing_answers(
    given: Iterable[AnswerRow], superseding: Iterable[AmendmentRow], redone: frozenset[int]
) -> dict[str, Word]:
    """By prompt the answer that stands: the last one given, or what superseded it."""
    found = {
        row.prompt: Word(row.value, row.who, row.attempt)
        for row in given
        if row.attempt not in redone
    }
    for row in superseding:
        before = found.get(row.subject)
        if row.kind == "amend" and before is not None and before.attempt <= row.attempt:
            found[row.subject] = Word(row.value, row.who, before.attempt)
    return found


def swapped_out(reader: Reader, item: int) -> dict[str, Identity]:
    """By role, the identity of the instrument that another one may take the place of."""
    rows = [row for row in amendments(reader, item) if row.kind == "swap"]
    return {row.subject: decode(row.value, Identity) for row in rows}


def _rows(reader: Reader, table: Table, item: int) -> list[dict[str, object]]:
    if reader.version < SINCE:
        return []
    sql = f"SELECT {', '.join(table.names)} FROM {table.name} WHERE item = ? ORDER BY rowid"
    return [dict(zip(table.names, row, strict=True)) for row in reader.rows(sql, item)]
