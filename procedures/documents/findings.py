"""What a counted dossier says: the check list as JSON, the account in words, conditions. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from labctl.evidence import Observed
from labctl.i18n import N_
from labctl.item import Wanted
from labctl.words import Text, Words
from procedures.documents.checks import file_fault
from procedures.documents.counting import Checked, Counted
from procedures.documents.format import Dossier, NumericCondition
from procedures.documents.rules import rule_of

LEFT_OUT = N_(
    "legal status, ownership and contents of the documents: vouched for by the second person"
)
EXACT = N_("amounts without a stated standard uncertainty are taken as exact")
SUMMARY = N_(
    "{entries} entries, prepared by {prepared}, checked by {checked}; {rejected} do not count."
)
NOBODY = N_("nobody")
ROW = N_("{row}: {rule}.")
REJECTED = N_("Entry {place} ({title}): {reasons}.")
MORE = N_("{count} more in the check list.")

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


def account(dossier: Dossier, counted: Counted, wanted: Sequence[Wanted]) -> tuple[Words, ...]:
    """How the results came about, in words, with every entry that does not count (at most 20)."""
    rejected = [check for check in counted.checklist if check.reasons]
    lines: list[Words] = [
        _summary(dossier, len(rejected)),
        *(Text(ROW, {"row": row.key, "rule": rule_of(row).tally.value}) for row in wanted),
        *(_rejection(check) for check in rejected[:_LISTED]),
    ]
    if len(rejected) > _LISTED:
        lines.append(Text(MORE, {"count": str(len(rejected) - _LISTED)}))
    return tuple(lines)


def _summary(dossier: Dossier, rejected: int) -> Text:
    index = dossier.index
    values = {
        "entries": str(len(index.entry)),
        "prepared": index.prepared_by,
        "checked": index.checked_by or NOBODY,
        "rejected": str(rejected),
    }
    return Text(SUMMARY, values)


def _rejection(check: Checked) -> Text:
    values = {"place": str(check.place), "title": check.title, "reasons": "; ".join(check.reasons)}
    return Text(REJECTED, values)


def left_out(counted: Counted) -> tuple[Words, ...]:
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
