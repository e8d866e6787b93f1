"""Checks of single entries: what keeps one from counting, in words. Pure."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from procedures.documents import identifiers, patents
from procedures.documents.format import Dossier, Entry, FileFact, Index
from procedures.documents.rules import Needs, Rule


@dataclass(frozen=True)
class Identity:
    """Number or DOI of an entry in one spelling; `fault` in words; `sort` of the issuing body."""

    normal: str = ""
    fault: str = ""
    sort: str = ""


def faults_of(entry: Entry, dossier: Dossier) -> list[str]:
    """What is wrong with an entry, whatever row it is shown for; empty where nothing is."""
    index, today = dossier.index, dossier.read_on
    found = [
        *_blank(entry),
        _sign_off(index, entry, today),
        file_fault(dossier.files.get(entry.file)),
        _date(entry.date, index, today),
        identity(entry).fault,
        _filed_after(entry),
    ]
    return [fault for fault in found if fault]


def unfit(entry: Entry, rule: Rule) -> str:
    """Why a sound entry does not count under `rule`; "" where it does."""
    if rule.kind and entry.kind != rule.kind:
        return f"of kind {entry.kind}; this row counts only {rule.kind} entries"
    if not _meets(entry, rule.needs):
        return f"does not show {rule.needs.value}"
    return ""


def identity(entry: Entry) -> Identity:
    """Number or DOI of an entry, as its kind asks for it."""
    if entry.kind == "paper":
        normal = identifiers.normal_doi(entry.doi)
        return Identity(normal, "" if normal else f"{entry.doi!r} is no DOI")
    if entry.kind == "patent":
        number = patents.parse(entry.number)
        return Identity(number.normal, number.fault, "invention" if number.invention else "other")
    if entry.kind == "standard":
        normal, body = identifiers.normal_standard(entry.number)
        return Identity(normal, "" if body else f"{entry.number!r} is no standard number", body)
    if entry.kind == "copyright":
        normal = identifiers.normal_copyright(entry.number)
        fault = "" if normal else f"{entry.number!r} is no software copyright registration"
        return Identity(normal, fault)
    return Identity(identifiers.normal_name(entry.number))


def file_fault(fact: FileFact | None) -> str:
    """What is wrong with a file; "" where nothing is."""
    return "no such file was looked at" if fact is None else fact.fault


def same_person(one: str, other: str) -> bool:
    """Whether two names are one person's, apart from spaces, case and punctuation."""
    return identifiers.normal_name(one) == identifiers.normal_name(other)


def _meets(entry: Entry, needs: Needs) -> bool:
    countries = {country.strip().upper() for country in entry.countries}
    if needs is Needs.INVENTION:
        return identity(entry).sort == "invention"
    if needs is Needs.JOINT:
        return "CN" in countries and len(countries) > 1
    if needs is Needs.INTERNATIONAL:
        return identity(entry).sort == "international"
    if needs is Needs.NATIONAL_OR_INDUSTRY:
        return identity(entry).sort in ("national", "industry")
    if needs is Needs.FOREIGN:
        return bool(countries) and "CN" not in countries
    if needs is Needs.PARTNERS:
        return bool(entry.members)
    return True


def _blank(entry: Entry) -> list[str]:
    fields = {"title": entry.title, "holder": entry.holder}
    return [f"{name} is blank" for name, text in fields.items() if not text.strip()]


def _sign_off(index: Index, entry: Entry, today: datetime.date) -> str:
    checker = entry.checked_by or index.checked_by
    if not identifiers.normal_name(checker):
        return "not signed off by a second person"
    if same_person(checker, index.prepared_by):
        return f"signed off by {checker}, who prepared the dossier"
    if index.checked_on is None:
        return "the sign-off has no date"
    if index.checked_on > today:
        return f"the sign-off's date {index.checked_on} is in the future"
    return ""


def _date(date: datetime.date, index: Index, today: datetime.date) -> str:
    if date > today:
        return f"the date {date} is in the future"
    if index.checked_on is not None and date > index.checked_on:
        return f"the date {date} is later than the sign-off on {index.checked_on}"
    period = index.period
    if period is not None and not period.start <= date <= period.end:
        return f"the date {date} is outside {period.start} to {period.end}"
    return ""


def _filed_after(entry: Entry) -> str:
    year = patents.filing_year(identity(entry).normal) if entry.kind == "patent" else None
    if year is not None and year > entry.date.year:
        return f"the number says filed in {year}, the date {entry.date} is earlier"
    return ""
