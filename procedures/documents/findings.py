"""What a counted dossier says: the check list as JSON, the account in words, conditions. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from labctl.evidence import Observed
from labctl.item import Wanted
from procedures.documents.checks import file_fault
from procedures.documents.counting import Checked, Counted
from procedures.documents.format import Dossier, NumericCondition
from procedures.documents.rules import rule_of

LEFT_OUT = "legal status, ownership and contents of the documents: vouched for by the second person"
EXACT = "amounts without a stated standard uncertainty are taken as exact"

_LISTED = 20


class CheckList(msgspec.Struct, frozen=True):
    """The attached account of a dossier: who, when, and every entry with why it does not count."""

    indicator: str
    prepared_by: str
    checked_by: str
    checked_on: datetime.date | None
    counted_on: datetime.date
    dossier_sha256: str
    entries: tuple[Checked, ...]


def check_list(dossier: Dossier, counted: Counted) -> bytes:
    """The check list as JSON in UTF-8."""
    index = dossier.index
    who = (index.indicator, index.prepared_by, index.checked_by, index.checked_on)
    return msgspec.json.format(
        msgspec.json.encode(CheckList(*who, dossier.read_on, dossier.sha256, counted.checklist)),
        indent=2,
    )


def account(dossier: Dossier, counted: Counted, wanted: Sequence[Wanted]) -> str:
    """How the results came about, in words, with every entry that does not count (at most 20)."""
    index = dossier.index
    rejected = [check for check in counted.checklist if check.reasons]
    lines = [
        f"{len(index.entry)} entries, prepared by {index.prepared_by}, "
        f"checked by {index.checked_by or 'nobody'}; {len(rejected)} do not count.",
        *(f"{row.key}: {rule_of(row).tally.value}." for row in wanted),
        *(f"Entry {c.place} ({c.title}): {'; '.join(c.reasons)}." for c in rejected[:_LISTED]),
    ]
    if len(rejected) > _LISTED:
        lines.append(f"{len(rejected) - _LISTED} more in the check list.")
    return "\n".join(lines)


def left_out(counted: Counted) -> tuple[str, ...]:
    """What the results' uncertainty does not contain."""
    return (LEFT_OUT, EXACT) if counted.exact else (LEFT_OUT,)


def conditions(dossier: Dossier, counted: Counted) -> list[Observed]:
    """Conditions as the dossier shows them: numbers with a readable file, words, members."""
    index = dossier.index
    declared = f"{index.prepared_by}, {index.checked_by}"
    out = [_observed(c) for c in index.condition if not file_fault(dossier.files.get(c.file))]
    out += [
        Observed(aspect=aspect, text=text, declared_by=declared)
        for aspect, text in index.aspects.items()
    ]
    if counted.contains:
        members = counted.contains
        out.append(
            Observed(
                aspect="must_include",
                text=", ".join(members),
                declared_by=declared,
                members=members,
            )
        )
    return out


def _observed(condition: NumericCondition) -> Observed:
    value = condition.value
    return Observed(
        quantity=condition.quantity,
        value=value,
        unit=condition.unit,
        u=condition.u,
        low=value,
        high=value,
    )
