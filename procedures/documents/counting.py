"""From a dossier to results: entries checked, doubles removed, rows counted. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from labctl.evidence import Result
from labctl.item import Wanted
from procedures.documents import checks, identifiers
from procedures.documents.format import Dossier, Entry
from procedures.documents.rules import Rule, rule_of
from procedures.documents.tallies import tally


class Checked(msgspec.Struct, frozen=True):
    """One entry and one row it is shown for: `reasons` why it does not count, empty if it does."""

    place: int
    row: str
    kind: str
    title: str
    file: str
    sha256: str
    reasons: tuple[str, ...] = ()


class Counted(msgspec.Struct, frozen=True):
    """What a dossier came to: results by row, rows that got none with the reason, the check list.

    `contains` are the members that the entries that count contain; where none counts those that
    were claimed, so that the rows decide and no condition hides it. `exact` says that an amount
    without standard uncertainty was taken as exact.
    """

    results: dict[str, Result]
    missing: tuple[str, ...]
    checklist: tuple[Checked, ...]
    contains: tuple[str, ...] = ()
    exact: bool = False


def count(dossier: Dossier, wanted: Sequence[Wanted]) -> Counted:
    """Check every entry of `dossier` as of the day it was read and count each row of `wanted`."""
    results: dict[str, Result] = {}
    missing: list[str] = []
    checklist = _strays(dossier, wanted)
    accepted: list[Entry] = []
    for row in wanted:
        rule = rule_of(row)
        shown = _sift(dossier, row, rule, len(wanted) == 1)
        checklist += [check for check, _ in shown]
        good = [entry for check, entry in shown if not check.reasons]
        result = tally(row, rule, good)
        if isinstance(result, str):
            missing.append(f"{row.key}: {result}")
        else:
            results[row.key] = result
        accepted += good
    ordered = tuple(sorted(checklist, key=lambda check: check.place))
    contains = _contained(accepted or dossier.index.entry)
    exact = any(entry.amount is not None and entry.u == 0 for entry in accepted)
    return Counted(results, tuple(missing), ordered, contains, exact)


def rows_of(entry: Entry) -> tuple[str, ...]:
    """Rows that an entry names, as written."""
    return (entry.shows,) if isinstance(entry.shows, str) else entry.shows


def _contained(entries: Sequence[Entry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for entry in entries for part in entry.contains))


def _sift(dossier: Dossier, row: Wanted, rule: Rule, only_row: bool) -> list[tuple[Checked, Entry]]:
    out: list[tuple[Checked, Entry]] = []
    seen: dict[str, int] = {}
    for place, entry in enumerate(dossier.index.entry, 1):
        rows = rows_of(entry)
        if row.key not in rows and not (only_row and not rows):
            continue
        reasons = checks.faults_of(entry, dossier)
        reasons += [reason] if (reason := checks.unfit(entry, rule)) else []
        reasons = reasons or _double(entry, dossier, seen, place)
        out.append((_checked(place, entry, dossier, row.key, reasons), entry))
    return out


def _double(entry: Entry, dossier: Dossier, seen: dict[str, int], place: int) -> list[str]:
    """Why an entry is a duplicate of one before it; marks it as seen where it is none."""
    marks = list(_marks(entry, dossier))
    for what, mark in marks:
        if mark in seen:
            return [f"duplicate of entry {seen[mark]}: the same {what}"]
    seen.update((mark, place) for _, mark in marks)
    return []


def _marks(entry: Entry, dossier: Dossier) -> Iterable[tuple[str, str]]:
    normal = checks.identity(entry).normal
    if normal:
        yield ("DOI" if entry.kind == "paper" else "number"), f"{entry.kind}/{normal}"
    title = identifiers.normal_name(entry.title)
    if title:
        yield "title", f"title/{title}"
    yield "file content", f"file/{dossier.files[entry.file].sha256}"


def _checked(
    place: int, entry: Entry, dossier: Dossier, row: str, reasons: Sequence[str]
) -> Checked:
    fact = dossier.files.get(entry.file)
    sha256 = fact.sha256 if fact else ""
    return Checked(place, row, entry.kind, entry.title, entry.file, sha256, tuple(reasons))


def _strays(dossier: Dossier, wanted: Sequence[Wanted]) -> list[Checked]:
    """Entries shown for no row of the indicator."""
    keys = {row.key for row in wanted}
    out: list[Checked] = []
    for place, entry in enumerate(dossier.index.entry, 1):
        rows = rows_of(entry)
        unknown = [row for row in rows if row not in keys]
        if unknown or (not rows and len(wanted) > 1):
            named = ", ".join(unknown) or "no row"
            reason = f"shown for {named}; the rows are {', '.join(sorted(keys))}"
            out.append(_checked(place, entry, dossier, ", ".join(rows), [reason]))
    return out
