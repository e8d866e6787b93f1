"""The report's structure, found with the standard library's own HTML parser."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest

from labctl.evidence import Evidence
from labctl.i18n import using
from labctl.report.page import css_text, page

from .conftest import Record

Changed = Callable[..., Record]
VOID = {"meta", "br", "link", "img", "hr"}
EVIL = "<script>alert(1)</script>\"'&"


class Page(HTMLParser):
    """Counts elements, ids and texts, and checks that every element is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [value for name, value in attrs if name in ("href", "src") and value]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def replace_struct(struct: Any, **changes: object) -> Any:
    return msgspec.structs.replace(struct, **changes)


def test_the_page_is_well_formed(record: Record) -> None:
    found = Page(page(record))
    assert len(found.ids) == len(set(found.ids))
    assert found.tags.count("table") >= 6
    assert found.tags.count("figure") == 2


def test_the_page_refers_to_nothing_outside(record: Record) -> None:
    text = page(record)
    assert [link for link in Page(text).links if not link.startswith("#")] == []
    assert not re.search(r"@import|url\((?!#)|https?://", text)


def test_every_link_inside_the_page_has_its_place(record: Record) -> None:
    found = Page(page(record))
    assert [link for link in found.links if link[1:] not in found.ids] == []


def test_every_table_has_headers_and_every_drawing_a_title(record: Record) -> None:
    text = page(record)
    for table in re.findall(r"<table.*?</table>", text, re.DOTALL):
        assert re.search(r'<th scope="(col|row)"', table)
    for drawing in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
        assert re.match(r'<svg[^>]*role="img"', drawing)
        assert re.search(r"<title[^>]*>[^<]+</title>", drawing)


def test_english(record: Record) -> None:
    text = page(record)
    for part in (
        '<html lang="en">',
        "Test report",
        "Uncertainty budget: relative loss",
        "What the uncertainty leaves out",
        "spectral mismatch of the lamp",
        "IEC 60891",
        "SIM-04512345",
        "2026-03-04 05:06:07 UTC",
        "visa://TCPIP::sim-1-source_meter::5025::SOCKET",
        "MODEL 2450",
        "relative loss",
        "&lt; 10 %",
    ):
        assert part in text, part


def test_chinese(record: Record) -> None:
    with using("zh"):
        text = page(record)
    for part in (
        '<html lang="zh-CN">',
        "试验报告",
        "不确定度分量表：相对衰减",
        "连续光照后的效率衰减",
        "合格",
        "2026年3月4日 05:06:07 UTC",
        "试验前, 正向",
        "保持",
    ):
        assert part in text, part
    assert "Test report" not in text


def test_a_simulation_is_unmistakable(record_of: Callable[..., Record]) -> None:
    mark = 'class="simulated"'
    assert page(record_of()).count("SIMULATED") >= 3
    assert mark in page(record_of())
    assert mark not in page(record_of(simulated=False))


@pytest.mark.parametrize(
    ("value", "outcome"),
    [(6.8, "PASS"), (9.2, "CONDITIONAL PASS"), (11.0, "CONDITIONAL FAIL"), (14.0, "FAIL")],
)
def test_the_outcome_stands_in_words(
    record_of: Callable[..., Record], value: float, outcome: str
) -> None:
    badge = f'class="badge {outcome.lower().replace(" ", "-")}"'
    text = page(record_of(value))
    assert text.count(badge) == 3
    assert f"</span> {outcome}</span>" in text


def test_rounding_does_not_contradict_the_decision(record_of: Callable[..., Record]) -> None:
    assert "(9.9996 ± " in page(record_of(9.9996, 0.2))


def test_every_text_from_outside_is_escaped(record: Record, changed: Changed) -> None:
    item = record.items[0]
    assert item.provenance is not None and item.sample is not None
    source = replace_struct(item.provenance, operator=EVIL, bench=EVIL, procedure=EVIL)
    evil = changed(
        record,
        id=EVIL,
        indicator=replace_struct(item.indicator, name_en=EVIL, standard=EVIL),
        sample=replace_struct(item.sample, id=EVIL),
        evidence=Evidence({}, how=(EVIL,), left_out=(EVIL,)),
        provenance=source,
        error={"kind": EVIL, "message": EVIL, "address": EVIL, "remedy": EVIL},
        channels=("before/forward/voltage", "before/forward/current"),
    )
    text = page(replace(evil, id=EVIL, targets=(EVIL,), started_utc=EVIL, meta={"labctl": EVIL}))
    assert "<script" not in text
    assert "alert(1)" in text
    Page(text)


def test_channel_names_are_escaped_in_drawings(record: Record, changed: Changed) -> None:
    named = {f"{EVIL}/{c}": record.logged[f"before/forward/{c}"] for c in ("voltage", "current")}
    evil = replace(changed(record, channels=tuple(named)), logged=named)
    text = page(evil)
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_an_error_is_told_in_full(record: Record, changed: Changed) -> None:
    error = {
        "kind": "link",
        "message": "no answer",
        "address": "visa://X",
        "command": "READ?",
        "answer": "",
        "remedy": "look at the cable",
    }
    text = page(changed(record, error=error))
    for part in ("no answer", "visa://X", "READ?", "look at the cable"):
        assert part in text


def test_an_unfinished_run_says_so(record: Record, changed: Changed) -> None:
    bare = changed(
        record,
        verdict=None,
        evidence=None,
        provenance=None,
        sample=None,
        instruments=(),
        channels=(),
    )
    text = page(replace(bare, state="interrupted"))
    Page(text)
    assert "not finished" in text
    assert "has not come to its end" in text


def test_a_run_without_items_has_a_report(record: Record) -> None:
    Page(page(replace(record, items=(), meta={})))


@pytest.mark.parametrize("text", ['"; } body { display: none', "</style>", "a\\b\nc", "运行 1"])
def test_text_cannot_leave_a_css_string(text: str) -> None:
    quoted = str(css_text(text))
    assert re.fullmatch(r'"[^"<>{};\n]*"', quoted)
    plain = re.sub(r"\\([0-9a-f]+) ", lambda match: chr(int(match[1], 16)), quoted[1:-1])
    assert plain == text
