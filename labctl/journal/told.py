"""What was superseded in an item, in a line each: they stand among the reasons of its verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from labctl.evidence import Instrument
from labctl.journal.plain import loads
from labctl.journal.rows import AmendmentRow, AnswerRow
from labctl.journal.superseded import amendments, answers

if TYPE_CHECKING:
    from labctl.journal.reader import Reader


def superseded(reader: Reader, item: int) -> tuple[str, ...]:
    """A line for every answer that was amended, step that was done again, and instrument that was
    exchanged in an item."""
    acts = amendments(reader, item)
    return (
        *_amended(answers(reader, item), acts),
        *(f"step:{act.subject}: done again" for act in acts if act.kind == "redo"),
        *exchanged(reader.instruments(item)),
    )


def exchanged(used: Iterable[Instrument]) -> tuple[str, ...]:
    """A line for every instrument among those `used`, in order, that took another one's place."""
    by_role: dict[str, list[Instrument]] = {}
    for one in used:
        by_role.setdefault(one.role, []).append(one)
    return tuple(
        f"instrument:{role}: {name_of(before)} -> {name_of(after)}"
        for role, those in by_role.items()
        for before, after in pairwise(those)
        if before.identity != after.identity
    )


def name_of(instrument: Instrument) -> str:
    """Model and serial number."""
    who = instrument.identity
    return f"{who.model} {who.serial}".strip() or "unknown"


def value_text(text: str) -> str:
    """The value of an answer, as the journal keeps it in JSON, as people write it."""
    value = loads(text) if text else None
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case dict():
            return _compound(cast("dict[str, Any]", value))
        case _:
            return str(value)


def _compound(value: dict[str, Any]) -> str:
    if "sha256" in value:
        return f"{value['name']} (SHA-256 {value['sha256'][:12]})"
    return f"{value['value']:.10g} {value['unit']}".strip()


def _amended(given: Sequence[AnswerRow], acts: Sequence[AmendmentRow]) -> list[str]:
    stands = {row.prompt: row.value for row in given}
    found: list[str] = []
    for act in acts:
        if act.kind == "amend":
            before = value_text(stands.get(act.subject, ""))
            found.append(f"answer:{act.subject}: {before} -> {value_text(act.value)}")
            stands[act.subject] = act.value
    return found
