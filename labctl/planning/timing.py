"""When a rehearsal did what: its steps, its exposures, and the waits for a person."""

from __future__ import annotations

import msgspec

from labctl.journal.plain import decode
from labctl.journal.reader import Reader
from labctl.planning.document import PromptPlan, StepPlan
from labctl.words import Words

ANSWERED_BY_PAPER = ("sheet",)
"""Ways of an answer that make no person wait."""


class _Question(msgspec.Struct, frozen=True):
    """As much of a prompt as a plan tells."""

    text: Words = ""


def duration_of(reader: Reader, item: int) -> float:
    """Seconds of run time from the begin of an item to what was noted last of it."""
    begin = _begin(reader, item)
    sql = "SELECT max(t) FROM facts WHERE item = ?"
    return max((t - begin for (t,) in reader.rows(sql, item) if t is not None), default=0.0)


def steps_of(reader: Reader, item: int) -> tuple[StepPlan, ...]:
    """The steps of an item that no other step contains, in the order of their begin.

    Questions are left out: how long a person takes nobody knows.
    """
    begin, exposures, asked = _begin(reader, item), _exposures(reader, item), _asked(reader, item)
    found: list[StepPlan] = []
    inner: dict[str, int] = {}
    for name, _, _, t, end in reader.steps(item):
        outer = next((one.name for one in found if name.startswith(f"{one.name}/")), None)
        if outer is not None:
            inner[outer] = inner.get(outer, 0) + 1
        elif end is not None and name not in asked:
            found.append(StepPlan(name, t - begin, end - t, name in exposures))
    return tuple(msgspec.structs.replace(one, steps=inner.get(one.name, 0)) for one in found)


def prompts_of(reader: Reader, item: int) -> tuple[PromptPlan, ...]:
    """What a person would be asked, as the rehearsal was; it was answered at once."""
    if reader.version < 3:
        return ()
    begin = _begin(reader, item)
    sql = "SELECT prompt, kind, question, source, asked FROM answers WHERE item = ? ORDER BY rowid"
    return tuple(
        PromptPlan(name, kind, decode(question, _Question).text, asked - begin)
        for name, kind, question, source, asked in reader.rows(sql, item)
        if source not in ANSWERED_BY_PAPER
    )


def _begin(reader: Reader, item: int) -> float:
    return next((t for (t,) in reader.rows("SELECT t FROM items WHERE id = ?", item)), 0.0)


def _asked(reader: Reader, item: int) -> set[str]:
    if reader.version < 3:
        return set()
    return {name for (name,) in reader.rows("SELECT prompt FROM answers WHERE item = ?", item)}


def _exposures(reader: Reader, item: int) -> set[str]:
    sql = (
        "SELECT DISTINCT a.step FROM progress p JOIN attempts a ON a.id = p.attempt"
        " WHERE a.item = ?"
    )
    return {name for (name,) in reader.rows(sql, item)}
