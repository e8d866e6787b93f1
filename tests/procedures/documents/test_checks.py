"""Each check on an entry, alone."""

from __future__ import annotations

import datetime

import pytest

from procedures.documents import checks
from procedures.documents.format import Entry, FileFact, Period
from procedures.documents.rules import Needs, Rule, Tally
from tests.procedures.documents.made import dossier, entry, patent


def faults(one: Entry, **more: object) -> list[str]:
    return checks.faults_of(one, dossier([one], **more))  # type: ignore[arg-type]


def test_a_sound_entry_has_no_fault() -> None:
    assert faults(entry()) == []
    assert faults(patent(1)) == []


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"checked_by": ""}, "not signed off by a second person"),
        ({"checked_by": "li  WEI."}, "who prepared the dossier"),
        ({"checked_on": None}, "the sign-off has no date"),
        ({"checked_on": datetime.date(2026, 1, 2)}, "sign-off's date 2026-01-02 is in the future"),
        ({"checked_on": datetime.date(2024, 1, 1)}, "later than the sign-off on 2024-01-01"),
        (
            {"period": Period(datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))},
            "outside 2025-01-01 to 2025-12-31",
        ),
    ],
)
def test_faults_of_the_dossier_show_on_its_entries(more: dict[str, object], fault: str) -> None:
    found = faults(entry(), **more)
    assert len(found) == 1
    assert fault in found[0]


@pytest.mark.parametrize(
    ("one", "fault"),
    [
        (entry(title="  "), "title is blank"),
        (entry(holder=""), "holder is blank"),
        (entry(checked_by="-"), "not signed off"),
        (entry(checked_by="Li Wei"), "who prepared the dossier"),
        (entry(date=datetime.date(2026, 1, 2)), "2026-01-02 is in the future"),
        (patent(1, number="CN201710601862.4"), "check digit"),
        (patent(1, date=datetime.date(2016, 5, 1)), "says filed in 2017"),
        (entry(kind="paper", doi="in press"), "'in press' is no DOI"),
        (entry(kind="standard", number="new"), "'new' is no standard number"),
        (entry(kind="copyright", number="SR1"), "no software copyright registration"),
    ],
)
def test_faults_of_an_entry(one: Entry, fault: str) -> None:
    assert any(fault in found for found in faults(one)), faults(one)


def test_a_faulty_file_is_a_fault() -> None:
    one = entry()
    made = dossier([one], files={one.file: FileFact(fault="the file is empty")})
    assert checks.faults_of(one, made) == ["the file is empty"]


@pytest.mark.parametrize(
    ("one", "needs", "meets"),
    [
        (patent(1), Needs.INVENTION, True),
        (patent(1, number="CN 202320000000.9"), Needs.INVENTION, False),
        (entry(kind="paper", doi="10.1000/a", countries=["cn", "DE"]), Needs.JOINT, True),
        (entry(kind="paper", doi="10.1000/a", countries=["CN"]), Needs.JOINT, False),
        (entry(kind="paper", doi="10.1000/a", countries=["DE", "FR"]), Needs.JOINT, False),
        (entry(kind="standard", number="ISO 1:2018"), Needs.INTERNATIONAL, True),
        (entry(kind="standard", number="GB 1-2018"), Needs.INTERNATIONAL, False),
        (entry(kind="standard", number="NB/T 1-2018"), Needs.NATIONAL_OR_INDUSTRY, True),
        (entry(kind="standard", number="Q/AB 1-2018"), Needs.NATIONAL_OR_INDUSTRY, False),
        (entry(countries=["DE"]), Needs.FOREIGN, True),
        (entry(countries=["CN"]), Needs.FOREIGN, False),
        (entry(), Needs.FOREIGN, False),
        (entry(members=["Kenya"]), Needs.PARTNERS, True),
        (entry(), Needs.PARTNERS, False),
    ],
)
def test_what_a_row_needs(one: Entry, needs: Needs, meets: bool) -> None:
    assert (checks.unfit(one, Rule(Tally.ONE, needs=needs)) == "") is meets


def test_another_kind_does_not_count() -> None:
    assert "only patent entries" in checks.unfit(entry(), Rule(Tally.ONE, "patent"))
