"""Superseding: another answer, a step done again, another instrument. Nothing is overwritten.

The same functions serve a run that nobody writes and one that is under way: they look at the
journal through a reader and append to it by its writer. What stands is read anew afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from labctl import clock
from labctl.asking.asked import read_file
from labctl.asking.prompts import Answer, check, stored_prompt
from labctl.asking.reading import Refused
from labctl.errors import UsageError
from labctl.evidence import Attachment
from labctl.journal.plain import encode
from labctl.journal.reader import Reader
from labctl.journal.rows import AmendmentKind, AmendmentRow, AnswerRow
from labctl.journal.superseded import answers, part_of, redone, steps_done
from labctl.journal.writer import Journal
from labctl.orders import Amend, Redo, Swap
from labctl.verdict import Verdict


@dataclass(frozen=True)
class Act:
    """What a person does to the item number `item`: to which prompt, step or role, why, and who.

    `second` is the name of a second person, where a prompt needs one. `UsageError` without a reason
    or a name.
    """

    item: int
    subject: str
    reason: str
    who: str
    second: str = ""

    def __post_init__(self) -> None:
        if not self.reason.strip() or not self.who.strip():
            raise UsageError(
                "nothing is superseded without a reason and a name",
                remedy="--reason TEXT --who NAME",
            )

    @property
    def persons(self) -> str:
        """Who it was, as the record names them: "Ann", or "Ann + Bob" where two had to."""
        return " + ".join(name for name in (self.who.strip(), self.second.strip()) if name)


async def obey(journal: Journal, order: Amend | Redo | Swap) -> None:
    """Do what was ordered of a run under way; it is on the disk on return.

    `UsageError` where there is no such prompt, step or role, the value is no answer, or the item is
    done.
    """
    await journal.flush()
    second = order.second if isinstance(order, Amend) else ""
    act = Act(order.item, order.subject, order.reason, order.who, second)
    with Reader(journal.path) as reader:
        if reader.fact(act.item, "verdict", Verdict) is not None:
            raise UsageError("that item is done", remedy="supersede it when the run has ended")
        match order:
            case Amend(value=value):
                await amend(journal, reader, act, value)
            case Redo():
                redo(journal, reader, act)
            case Swap():
                swap(journal, reader, act)
    await journal.flush()


async def amend(journal: Journal, reader: Reader, act: Act, said: str) -> AmendmentRow:
    """Another answer to the prompt `act.subject`; it stands from now on."""
    value = checked(reader, act, said)
    if isinstance(value, Attachment):
        await journal.attach(act.item, value, read_file(said, value.sha256))
    return _append(journal, act, "amend", encode(value), said)


def checked(reader: Reader, act: Act, said: str) -> Any:
    """The value that `said` is for the prompt `act.subject`; `UsageError` where it is none."""
    prompt = stored_prompt(_given(reader, act).question)
    try:
        check(prompt, Answer(said, act.who, act.second))
        return prompt.read(said)
    except Refused as error:
        raise UsageError(f"{act.subject}: {error.message}", answer=said) from error


def redo(journal: Journal, reader: Reader, act: Act) -> AmendmentRow:
    """The step or scope `act.subject`, with all that is inside it, is to be done again."""
    done = steps_done(reader, act.item)
    if not among("redo", act.subject, done):
        raise _unknown("step", act.subject, done)
    return _append(journal, act, "redo")


def swap(journal: Journal, reader: Reader, act: Act) -> AmendmentRow:
    """Another instrument may take the role `act.subject` from the next resume on."""
    used = {one.role: one.identity for one in reader.instruments(act.item)}
    if act.subject not in used:
        raise _unknown("role", act.subject, used)
    return _append(journal, act, "swap", encode(used[act.subject]))


def among(kind: AmendmentKind, subject: str, there: Iterable[str]) -> bool:
    """Whether `subject` is one of those `there`; of steps also the scope around some of them."""
    return any(name == subject or (kind == "redo" and part_of(name, subject)) for name in there)


def subjects(reader: Reader, item: int, kind: AmendmentKind) -> tuple[str, ...]:
    """The prompts, steps or roles of an item that can be superseded."""
    match kind:
        case "amend":
            return tuple(_answered(reader, item))
        case "redo":
            return steps_done(reader, item)
        case "swap":
            return tuple(dict.fromkeys(one.role for one in reader.instruments(item)))


def _answered(reader: Reader, item: int) -> dict[str, AnswerRow]:
    again = redone(reader, item)
    return {row.prompt: row for row in answers(reader, item) if row.attempt not in again}


def _given(reader: Reader, act: Act) -> AnswerRow:
    found = _answered(reader, act.item)
    if act.subject not in found:
        raise _unknown("prompt", act.subject, found)
    return found[act.subject]


def _append(
    journal: Journal, act: Act, kind: AmendmentKind, value: str = "", said: str = ""
) -> AmendmentRow:
    row = AmendmentRow(
        item=act.item,
        kind=kind,
        subject=act.subject,
        attempt=journal.last_attempt,
        value=value,
        said=said,
        reason=act.reason.strip(),
        who=act.persons,
        t=clock.now(),
        utc=clock.wall().timestamp(),
    )
    journal.amended(row)
    return row


def _unknown(what: str, name: str, there: Iterable[str]) -> UsageError:
    return UsageError(
        f"the item has no {what} {name!r}",
        remedy="it has: " + (", ".join(sorted(there)) or "none"),
    )
