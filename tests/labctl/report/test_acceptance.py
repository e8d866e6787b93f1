"""The acceptance table of a direction as a page, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from labctl.acceptance.authorising import authorise
from labctl.acceptance.table import make
from labctl.i18n import using
from labctl.laboratory import Laboratory
from labctl.report.acceptance import file_name, page, state_text
from tests.labctl.acceptance.real import DIRECTION, real_run
from tests.labctl.fakelab import INDICATOR, FakeLab

LAB = Laboratory("检测实验室", "1 Road", accreditation="CNAS L0")
TWO = msgspec.structs.replace(
    DIRECTION, indicators=(INDICATOR, msgspec.structs.replace(INDICATOR, id="1.1-91"))
)


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    return tmp_path / "runs"


def cells(text: str) -> list[str]:
    """The first row of the table as plain texts."""
    row = re.findall(r'<tr class="first">(.*?)</tr>', text, re.DOTALL)[0]
    found = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in found]


def test_a_row_says_what_was_asked_and_what_came(runs: Path) -> None:
    run = real_run(runs)
    text = page(make(TWO, runs), LAB)
    found = cells(text)
    assert found[:6] == [
        "1.1-90 resistance of the resistor",
        "≥ 100 Ω",
        "(120.000 ± 0.020) Ω",
        "✔ PASS",
        "R-1",
        "resistance",
    ]
    assert "guideline, indicator 1.1-90" in found[6]
    assert run.run in found[6] and "run 1 of 1 on this indicator and sample" in found[6]
    assert "no run was begun" in text and "1.1-91 resistance of the resistor" in text


def test_the_chinese_table_has_the_fixed_columns(runs: Path) -> None:
    real_run(runs, 80.0)
    with using("zh"):
        text = page(make(TWO, runs), LAB)
    head = re.findall(r"<thead>(.*?)</thead>", text, re.DOTALL)[0]
    assert re.findall(r">([^<]+)</th>", head) == [
        "指标",
        "目标值",
        "实测值 ± U",
        "判定",
        "样品",
        "方法",
        "依据",
    ]
    assert "不合格" in text and "未完成" in text and "第 1 次，共 1 次" in text
    assert "检测实验室" in text and "验收表" in text


def test_simulated_verdicts_are_headed_as_such(runs: Path) -> None:
    real_run(runs, lab=FakeLab())
    table = make(DIRECTION, runs)
    text = page(table, LAB)
    assert "<h1>Table of verdicts on simulated instruments</h1>" in text
    assert "SIMULATED: no acceptance" in text and '@top-right { content: "SIMULATED' in text
    assert state_text(table) == "no acceptance: PASS"


def test_only_an_authorised_pass_is_an_acceptance(runs: Path) -> None:
    run = real_run(runs).path
    draft = page(make(DIRECTION, runs), LAB)
    assert "DRAFT: no acceptance" in draft and "<h1>Acceptance table</h1>" in draft
    authorise(run, "Chen Li", "")
    table = make(DIRECTION, runs)
    text = page(table, LAB)
    assert "DRAFT" not in text and "authorised by Chen Li" in text
    assert state_text(table) == "acceptance"


def test_every_run_is_listed_and_the_one_that_counts_is_marked(runs: Path) -> None:
    failed, passed = real_run(runs, 80.0), real_run(runs)
    text = page(make(DIRECTION, runs), LAB)
    listed = text[text.index("All runs that were begun") :]
    assert failed.run in listed and f"{passed.run} ◀ counts" in " ".join(listed.split())
    assert "1 / 2" in listed and "2 / 2" in listed


def test_the_page_is_a4_and_refers_to_nothing_outside(runs: Path) -> None:
    text = page(make(TWO, runs), LAB)
    assert "size: A4 landscape" in text
    assert not re.search(r"@import|url\((?!#)|https?://|<script", text)


def test_the_file_of_a_lab_s_own_direction() -> None:
    assert file_name("acme/leaks") == "acceptance-acme-leaks.html"
