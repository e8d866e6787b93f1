"""Judging a run again, from what its journal holds: indicator, evidence, agreement as they stood.

Compared is what the verdict says, not how: reasons are sentences, and a later labctl may word them
in another way. Figures, outcomes, intervals and risks are compared digit by digit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

import msgspec

from labctl.agreement import Agreement
from labctl.errors import JournalError
from labctl.evidence import Evidence, Provenance
from labctl.indicator import Indicator
from labctl.journal.plain import decode, encode, loads
from labctl.journal.reader import TAKEN_BACK, Reader
from labctl.verdict import Outcome, Verdict, incomplete, judge

WORDING = ("reasons", "reason", "text")
"""Fields of a verdict that are sentences."""


class Difference(msgspec.Struct, frozen=True):
    """Where the recomputed verdict is another: at `where`, what it `was` and what `now` follows."""

    where: str
    was: str
    now: str

    def __str__(self) -> str:
        return f"{self.where}: {self.was}, recomputed {self.now}"


class Rejudged(msgspec.Struct, frozen=True):
    """An item's verdict as journalled and as recomputed; both are None of an unfinished item."""

    id: str
    outcome: Outcome | None = None
    recomputed: Outcome | None = None
    differences: tuple[Difference, ...] = ()


def rejudge(reader: Reader) -> list[Rejudged]:
    """Every item of a run judged again; `JournalError` where the journal holds no such thing."""
    agreement = decode(encode(reader.meta().get("agreement", {})), Agreement)
    return [_item(reader, agreement, *row[:3]) for row in reader.items()]


def _item(reader: Reader, agreement: Agreement, number: int, id: str, text: str) -> Rejudged:
    stored = reader.fact(number, "verdict", Verdict)
    if stored is None:
        return Rejudged(id)
    simulated = was_simulated(reader, number, stored)
    now = judged(reader, number, decode(text, Indicator), agreement, simulated=simulated)
    found = tuple(differences(_plain(stored), _plain(now)))
    return Rejudged(id, stored.outcome, now.outcome, found)


def _as_it_stands(evidence: Evidence) -> Evidence:
    return evidence


def judged(
    reader: Reader,
    number: int,
    indicator: Indicator,
    agreement: Agreement,
    *,
    simulated: bool,
    seen: Callable[[Evidence], Evidence] = _as_it_stands,
) -> Verdict:
    """What follows from the newer of evidence and error; an error takes the place of evidence.

    `seen` is the evidence as it is looked at. `JournalError` where the journal holds neither.
    """
    newest = (
        "SELECT name, value FROM facts WHERE item = ? AND name IN ('evidence', 'error')"
        f" AND value <> '{TAKEN_BACK}' ORDER BY rowid DESC LIMIT 1"
    )
    for name, value in reader.rows(newest, number):
        if name == "evidence":
            evidence = seen(decode(value, Evidence))
            return judge(indicator, evidence, agreement, simulated=simulated)
        reason = decode(value, dict[str, str]).get("message", "")
        return incomplete(indicator, agreement, reason, simulated=simulated)
    raise JournalError(f"{indicator.id}: a verdict without evidence")


def was_simulated(reader: Reader, number: int, stored: Verdict) -> bool:
    """What the instruments' identities and the provenance say; of an item that erred before there
    was any, what its verdict says."""
    if any(one.identity.simulated for one in reader.instruments(number)):
        return True
    provenance = reader.fact(number, "provenance", Provenance)
    return stored.simulated if provenance is None else provenance.simulated


def _plain(verdict: Verdict) -> Any:
    return loads(encode(verdict))


def differences(was: Any, now: Any, where: str = "") -> Iterator[Difference]:
    """Where two verdicts as plain data differ, but in their wording."""
    before, after = _parts(was), _parts(now)
    if before is None or after is None or type(was) is not type(now):
        if encode(was) != encode(now):
            yield Difference(where, encode(was), encode(now))
        return
    for key in dict.fromkeys([*before, *after]):
        if key not in WORDING:
            inside = f"{where}.{key}" if where and key[0] != "[" else f"{where}{key}"
            yield from differences(before.get(key), after.get(key), inside)


def _parts(value: Any) -> dict[str, Any] | None:
    """What a dict or list is made of, by key; None of anything else."""
    if isinstance(value, dict):
        return cast("dict[str, Any]", value)
    if isinstance(value, list):
        return {f"[{index}]": part for index, part in enumerate(cast("list[Any]", value))}
    return None
