"""From entries to results: duplicates, tallies, rows."""

from __future__ import annotations

import pytest

from labctl.evidence import Count, Figure, Present
from labctl.item import Wanted
from labctl.words import said
from procedures.documents import counting, findings
from procedures.documents.format import Entry, FileFact
from tests.procedures.documents.made import dossier, entry, patent

PATENTS = Wanted("patent_applications", "patent_applications", "patent")
THERE = Wanted("gel_model", "gel_model", present=True)


def one_row(wanted: Wanted, *entries: Entry) -> counting.Counted:
    return counting.count(dossier(entries), [wanted])


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (patent(2, number="ZL 2017 1 0601862.3"), "duplicate of entry 1: the same number"),
        (patent(2, title="REPORT: 1"), "duplicate of entry 1: the same title"),
    ],
)
def test_duplicates_count_once(second: Entry, reason: str) -> None:
    counted = one_row(PATENTS, patent(1), second)
    assert counted.results["patent_applications"] == Count(1, 1, "patent")
    assert counted.checklist[1].reasons == (reason,)


def test_the_same_doi_or_file_counts_once() -> None:
    papers = Wanted("papers", "papers", "paper")
    first = entry(1, kind="paper", doi="10.1000/ABC")
    second = entry(2, kind="paper", doi="https://doi.org/10.1000/abc")
    assert one_row(papers, first, second).results["papers"] == Count(1, 1, "paper")
    same = FileFact(9, "f" * 64)
    made = dossier([patent(1), patent(2)], files={"1.pdf": same, "2.pdf": same})
    counted = counting.count(made, [PATENTS])
    assert counted.checklist[1].reasons == ("duplicate of entry 1: the same file content",)


def test_a_faulty_entry_does_not_shadow_a_sound_one() -> None:
    counted = one_row(PATENTS, patent(1, checked_by="-"), patent(1, file="9.pdf"))
    assert counted.results["patent_applications"] == Count(1, 1, "patent")


def test_two_rows_may_be_shown_by_one_entry() -> None:
    rows = [Wanted("a", "a", present=True), Wanted("b", "b", present=True)]
    counted = counting.count(dossier([entry(shows=["a", "b"])]), rows)
    assert [r.there for r in counted.results.values() if isinstance(r, Present)] == [True, True]


def test_an_entry_for_no_row_is_named() -> None:
    rows = [Wanted("a", "a", present=True), Wanted("b", "b", present=True)]
    counted = counting.count(dossier([entry(1, shows="c"), entry(2)]), rows)
    assert [c.reasons[0] for c in counted.checklist] == [
        "shown for c; the rows are a, b",
        "shown for no row; the rows are a, b",
    ]
    assert counted.results == {"a": Present(False), "b": Present(False)}


def test_what_shows_a_deliverable_is_said() -> None:
    shown = one_row(THERE, entry()).results["gel_model"]
    assert shown == Present(True, "Report 1 (1.pdf)")


def test_members_are_distinct() -> None:
    cities = Wanted("cities", "cities", "city")
    counted = one_row(
        cities, entry(1, members=["Lyon", "Xi'an"]), entry(2, members=["XIAN", "Pune"])
    )
    assert counted.results["cities"] == Count(3, 3, "city")


def test_partners_do_not_include_the_home_country() -> None:
    partners = Wanted("partner_countries", "partner_countries", "country")
    counted = one_row(partners, entry(1, members=["China", "Chile", "中国"]))
    assert counted.results["partner_countries"] == Count(1, 1, "country")


def test_amounts_are_summed_in_the_rows_unit_with_their_uncertainty() -> None:
    power = Wanted("installed_capacity", "installed_capacity", "MW")
    counted = one_row(
        power,
        entry(1, amount=0.6, unit="GW", u=0.003),
        entry(2, amount=450.0, unit="MW", u=4.0),
    )
    figure = counted.results["installed_capacity"]
    assert isinstance(figure, Figure)
    assert figure.value == pytest.approx(1050.0)
    assert figure.u == pytest.approx(5.0)
    assert figure.expanded == pytest.approx(1.96 * 5.0, rel=1e-3)
    assert not counted.exact


def test_an_entry_without_amount_is_one_of_a_sum() -> None:
    sales = Wanted("sales", "sales", "set")
    counted = one_row(sales, entry(1, kind="contract", amount=4, unit="set"), entry(2))
    assert counted.results["sales"] == Figure(5.0, "set", 0.0, 5.0, 5.0)
    assert findings.EXACT in findings.left_out(counted)


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        (
            [entry(1, amount=28.0, unit="nm"), entry(2, amount=22.0, unit="nm")],
            "do not agree: 28, 22",
        ),
        ([entry(1, amount=28.0)], "without a unit"),
        ([entry(1, amount=28.0, unit="kg")], "cannot be converted"),
        ([entry(1)], "states no amount"),
        ([entry(1, amount=float("nan"), unit="nm")], "no finite amount"),
        ([entry(1, amount=-28.0, unit="nm")], "negative amount"),
        ([], "no entry that counts states it"),
    ],
)
def test_a_stated_figure_that_cannot_be_told_is_missing(entries: list[Entry], why: str) -> None:
    counted = one_row(Wanted("process_node", "process_node", "nm"), *entries)
    assert counted.results == {}
    assert why in counted.missing[0]


def test_costs_are_consumption_times_price_and_amounts() -> None:
    cost = Wanted("production_cost", "production_cost", "yuan/kg")
    material = {
        "consumption": {"value": 1.2, "unit": "kg/kg"},
        "price": {"value": 0.05, "unit": "yuan/g"},
    }
    counted = one_row(
        cost,
        entry(1, kind="cost", **material),
        entry(2, kind="cost", amount=15.0, unit="yuan/kg", u=2.0),
        entry(3, amount=99.0, unit="yuan/kg"),
    )
    figure = counted.results["production_cost"]
    assert isinstance(figure, Figure)
    assert (figure.value, figure.u) == (pytest.approx(75.0), pytest.approx(2.0))
    assert counted.checklist[2].reasons[0].startswith("of kind report")


def test_the_account_names_every_entry_that_does_not_count() -> None:
    made = dossier([patent(1), patent(2, checked_by="-")])
    counted = counting.count(made, [PATENTS])
    told = [said(words) for words in findings.account(made, counted, [PATENTS])]
    assert "2 entries, prepared by Li Wei, checked by Zhang Min; 1 do not count." in told
    assert "Entry 2 (Report 2): not signed off by a second person." in told
    assert b'"not signed off by a second person"' in findings.check_list(made, counted)


def test_conditions_need_a_file_and_members_an_entry_that_counts() -> None:
    made = dossier(
        [entry(1, contains=["text", "image"]), entry(2, contains=["sound"], checked_by="-")],
        files={"c.pdf": FileFact(9, "c" * 64), "gone.pdf": FileFact(fault="not there")},
        aspects={"regions": "Asia"},
        condition=[
            {"quantity": "tower_height", "value": 310.0, "unit": "m", "file": "c.pdf"},
            {"quantity": "process_node", "value": 22.0, "unit": "nm", "file": "gone.pdf"},
        ],
    )
    seen = findings.conditions(made, counting.count(made, [THERE]))
    assert [o.quantity or o.aspect for o in seen] == ["tower_height", "regions", "must_include"]
    assert seen[2].members == ("text", "image")
