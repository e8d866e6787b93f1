"""ISO/IEC 17025:2017, 7.8.2.1 and 7.8.6.2: every item is in the report or named as not stated."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from labctl.commission import Customer, External, Sampling
from labctl.i18n import using
from labctl.judging.record import Verdict
from labctl.laboratory import Laboratory
from labctl.report.page import page
from labctl.report.particulars import CLAUSES, Matter, clause_views, departures, externals
from labctl.report.release import ReleaseView
from labctl.report.tested_items import sample_views
from labctl.sample import Sample

from .conftest import Record, with_item

DEMANDED = (
    *(f"7.8.2.1 {letter}" for letter in "abcdefghijklmnop"),
    "7.8.2.2",
    *(f"7.8.6.2 {letter}" for letter in "abc"),
)
LAB = Laboratory("Lab", "1 Road", "Room 2", "lab@example.org", "CNAS L0")
SHEET = Sample(
    "PV-0007",
    "perovskite cell",
    description="blue foil",
    received="2026-02-01",
    sampled="2026-01-30",
    condition="one corner chipped",
)


def whole(record: Record) -> Record:
    """The record with all that agreement and sheet can state."""
    agreement = msgspec.structs.replace(
        record.agreement,
        customer=Customer("Example Ltd", "quality@example.org", "2 Road"),
        sampling=Sampling("GB/T 2828.1", "at random", "customer", "2026-01-30"),
        external=(External("1.1-04", "Other Institute", "report 12"),),
    )
    return replace(with_item(record, sample=SHEET), agreement=agreement)


def texts(record: Record, release: ReleaseView, lab: Laboratory = LAB) -> dict[str, str]:
    matter = Matter(record, lab, release, sample_views(record))
    return {view.number: view.text for view in clause_views(matter)}


def test_the_table_has_every_item_of_the_standard_once() -> None:
    assert tuple(clause.number for clause in CLAUSES) == DEMANDED


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_item_has_its_place_in_the_page_or_is_named_as_not_stated(
    record: Record, language: str
) -> None:
    with using(language):  # type: ignore[arg-type]
        text = page(record)
        stated = texts(record, ReleaseView(draft=True), Laboratory())
    rows = dict(
        re.findall(r'<tr><th scope="row">(7\.8[^<]+)</th>.*?<td>(.*?)</td></tr>', text, re.S)
    )
    assert tuple(rows) == DEMANDED
    for clause in CLAUSES:
        assert f'id="{clause.place}"' in text and f'href="#{clause.place}"' in text
        assert ('class="missing"' in rows[clause.number]) == (not stated[clause.number])


def test_a_run_that_states_everything_lacks_nothing(record: Record) -> None:
    release = ReleaseView(draft=False, by="Chen Li", when="2026-03-05")
    found = texts(whole(record), release)
    assert [number for number, text in found.items() if not text] == []
    assert found["7.8.2.1 b"] == "Lab; 1 Road"
    assert found["7.8.2.1 e"] == "Example Ltd; quality@example.org; 2 Road"
    assert "one corner chipped" in found["7.8.2.1 g"]
    assert "2026-02-01" in found["7.8.2.1 h"] and "2026-01-30" in found["7.8.2.1 h"]
    assert (found["7.8.2.1 j"], found["7.8.2.1 o"]) == ("2026-03-05", "Chen Li")
    assert found["7.8.2.1 p"] == "1.1-04: Other Institute, report 12"


def test_a_draft_is_not_issued_and_has_no_authoriser(record: Record) -> None:
    found = texts(record, ReleaseView(draft=True, by="Chen Li", when="2026"))
    assert found["7.8.2.1 j"] == "not issued: a draft" and found["7.8.2.1 o"] == ""


def test_the_page_shows_laboratory_customer_and_sample(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    table = "\n".join(f'{key} = "{value}"' for key, value in msgspec.to_builtins(LAB).items())
    Path("labctl.toml").write_text(f"[laboratory]\n{table}\n", encoding="utf-8")
    text = page(whole(record))
    for part in ("1 Road", "Room 2", "CNAS L0", "Example Ltd", "blue foil; one corner chipped"):
        assert part in text, part


def test_departures_are_all_named(record: Record) -> None:
    verdict = record.items[0].verdict
    assert isinstance(verdict, Verdict)
    deviating = msgspec.structs.replace(verdict, deviations=("a smaller cell",))
    assert list(departures(with_item(record, verdict=deviating))) == ["1.1-04: a smaller cell"]


def test_documents_are_results_of_others(record: Record) -> None:
    paper = msgspec.structs.replace(record.items[0].indicator, evidence="document")
    (text,) = externals(with_item(record, indicator=paper))
    assert "not measured here" in text
