"""A plan as people read it."""

from __future__ import annotations

import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl.cli.plan_rest import size_text
from labctl.cli.plan_text import digits, percent, say_plan
from labctl.cli.plan_time import CELLS, MOST, bar, folded
from labctl.i18n import using
from labctl.planning.answers import Answer
from labctl.planning.document import StepPlan
from tests.labctl.cli.plans import ITEM, ROW, plan


def printed(capsys: pytest.CaptureFixture[str], **changes: object) -> list[str]:
    say_plan(plan(**changes))
    return capsys.readouterr().out.splitlines()


def test_the_answer_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys)
    assert lines[0] == "AT RISK on pv-lab-1: 1 at risk"
    row = next(line for line in lines if line.startswith("1.1-03  power"))
    for part in ("20.5 %", "≥ 20 %", "0.60 %", "0.83", "37 %", "at risk"):
        assert part in row


@pytest.mark.parametrize(
    "text",
    [
        "1.1-03: lamp: rehearsed with llp.sol1 instead of acme.sun",
        "1.1-03: PASS needs a reading ≥ 20.60 %",
        "1.1-03: u² comes from reference cell, responsivity 64 %, sample, area 36 %",
        "1.1-03: to be agreed: temperature: a zero set point needs an agreed tolerance",
        "time: 76 min in all",
        "  waits for a person at 0 s: exposure (continuous illumination)",
        "disk: 661 kB",
        "uses up: lamp hours 1.26 h",
        "not known what these use up: 1.1-04",
        "not in U: angle and divergence of the light",
        "bench pv-lab-1 (real)",
        "  lamp: acme.sun → llp.sol1: there is no emulator of this model",
        "  certificate of reference_cell: ends on 2026-12-20, during 1.1-03",
        "  no calibration_due is stated for lamp",
        "  interlock door: trip",
        "  hardware interlock: K1",
    ],
)
def test_it_tells(capsys: pytest.CaptureFixture[str], text: str) -> None:
    assert text in printed(capsys)


def test_an_exposure_is_marked_and_its_bar_lies_where_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = next(line for line in printed(capsys) if "soak/exposure" in line)
    assert line.startswith("  » soak/exposure (12 steps)  ")
    assert f"{'·' * 7}{'█' * 32}·  60 min" in line


def test_it_speaks_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    with using("zh"):
        lines = printed(capsys)
    assert lines[0].startswith("有风险（试验台 pv-lab-1）：1 项有风险")
    assert any("光电转换效率" in line for line in lines)
    english = [line for line in lines if "certificate" in line or "rehearsed" in line.lower()]
    assert english == []


def test_an_item_that_errs_says_at_which_role(capsys: pytest.CaptureFixture[str]) -> None:
    error = {
        "kind": "limit",
        "message": "current 1 A is outside -0.2..0.2 A",
        "address": "visa://GPIB::1",
        "command": "",
        "answer": "",
        "remedy": "",
        "role": "source_meter",
    }
    say_plan(plan(msgspec.structs.replace(ITEM, error=error, duration=None)))
    out = capsys.readouterr().out
    assert "1.1-03: source_meter: Error: current 1 A is outside" in out
    assert "(until it erred)" in out


def test_what_holds_for_many_items_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    second = msgspec.structs.replace(ITEM, id="1.1-04")
    say_plan(plan(ITEM, second))
    line = "1.1-03, 1.1-04: lamp: rehearsed with llp.sol1 instead of acme.sun"
    assert line in capsys.readouterr().out.splitlines()


def test_rows_and_ends_stand_below_their_item(capsys: pytest.CaptureFixture[str]) -> None:
    end = msgspec.structs.replace(ROW, key="low")
    whole = msgspec.structs.replace(ROW, key="range", expected=(1.0, 2.0), U=None, ends=(end, end))
    say_plan(plan(msgspec.structs.replace(ITEM, rows=(ROW, whole))))
    out = capsys.readouterr().out
    assert "\n          range " in out and "\n            low end " in out
    assert "1 … 2 %" in out


def test_documents_alone_have_no_bench_and_no_time(capsys: pytest.CaptureFixture[str]) -> None:
    paper = msgspec.structs.replace(
        ITEM, answer=Answer.BY_DOCUMENTS, rows=(), steps=(), reasons=(), to_agree=()
    )
    say_plan(plan(paper, benches=(), answer=Answer.BY_DOCUMENTS))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "BY DOCUMENTS on –: 1 by documents"
    assert len(lines) == 5


def test_many_steps_are_put_together_but_for_the_longest_and_the_exposures() -> None:
    steps = [StepPlan(f"iv/{i}", 10.0 * i, 9.0 if i % 5 == 0 else 1.0) for i in range(25)]
    steps[7] = msgspec.structs.replace(steps[7], exposure=True)
    rows = folded(steps)
    assert len(rows) < len(steps)
    assert {"iv/0", "iv/5", "iv/7", "iv/20"} <= {row.name for row in rows}
    assert rows[1] == StepPlan("iv", 10.0, 31.0, False, 4)
    assert sum(row.steps or 1 for row in rows) == 25
    assert folded(steps[:MOST]) == steps[:MOST]


@given(st.floats(0, 1e7), st.floats(0, 1e7), st.floats(0, 1e7))
def test_a_bar_fills_its_axis_and_never_vanishes(begin: float, length: float, rest: float) -> None:
    drawn = bar(begin, length, begin + length + rest)
    assert len(drawn) == CELLS
    assert "█" in drawn or begin + length + rest == 0.0


@pytest.mark.parametrize(
    ("value", "count", "text"),
    [(0.6, 2, "0.60"), (23.46, 2, "23"), (1234.5, 2, "1234"), (0.0, 2, "0.0"), (1e-9, 2, "1×10⁻⁹")],
)
def test_numbers_have_the_digits_asked_for(value: float, count: int, text: str) -> None:
    assert digits(value, count) == text


@given(st.floats(0, 1))
def test_a_probability_is_never_told_as_certain(share: float) -> None:
    text = percent(share)
    assert text in ("> 99 %", "< 1 %") or math.isclose(float(text[:-2]), 100 * share, abs_tol=0.6)


def test_sizes_have_a_unit_that_suits_them() -> None:
    assert [size_text(n) for n in (0, 999, 661_000, 2_500_000_000)] == [
        "0 B",
        "999 B",
        "661 kB",
        "2.5 GB",
    ]
