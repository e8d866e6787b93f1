from __future__ import annotations

import math

import pytest

from labctl import catalogue
from labctl.agreement import default
from labctl.evidence import Evidence, Figure, Present, Range, Result
from labctl.i18n import using
from labctl.judging.record import RowVerdict
from labctl.report import results
from labctl.report.interval import interval_bar
from labctl.verdict import judge


def row(id: str, result: Result) -> RowVerdict:
    indicator = catalogue.load().get(id)
    found = Evidence({indicator.criteria[0].row: result})
    return judge(indicator, found, default(), simulated=True).rows[0]


def figure(value: float, u: float, unit: str = "%") -> Figure:
    return Figure(value, unit, u, value - 2 * u, value + 2 * u)


def test_value_and_uncertainty_have_the_same_digits() -> None:
    found = row("1.1-03", figure(21.4321, 0.176))
    assert results.result_text(found) == "(21.43 ± 0.35) %"
    assert results.value_text(found) == "21.43 %"
    assert results.expanded_text(found) == "0.35 %"
    assert results.factor_text(found) == "2.00"
    assert results.interval_text(found) == "[21.08, 21.78]"
    assert results.limit_text(found) == "≥ 20 %"


def test_digits_are_added_near_the_limit() -> None:
    text = results.value_text(row("1.1-03", figure(19.9996, 0.4)))
    assert text == "19.9996 %"


def test_nothing_measured_is_a_dash() -> None:
    found = row("1.1-03", figure(math.nan, 0.1))
    assert results.result_text(found) == "–"
    assert results.interval_text(found) == "–"
    assert interval_bar(found) == ""


@pytest.mark.parametrize(
    ("there", "english", "chinese"), [(True, "shown", "已证明"), (False, "not shown", "未证明")]
)
def test_an_ability_is_told_in_words(there: bool, english: str, chinese: str) -> None:
    found = row("1.1-02", Present(there))
    assert results.result_text(found) == english
    with using("zh"):
        assert results.value_text(found) == chinese
    assert interval_bar(found) == ""


def test_both_ends_of_a_range_are_told() -> None:
    indicator = next(
        i for i in catalogue.load() if i.criteria[0].op == "covers" and len(i.criteria) == 1
    )
    criterion = indicator.criteria[0]
    low, high = criterion.window
    ends = Figure(low - 1, criterion.unit), Figure(high + 1, criterion.unit)
    found = row(indicator.id, Range(*ends, between=((low + high) / 2,)))
    assert " … " in results.result_text(found)
    assert " … " in results.value_text(found)


@pytest.mark.parametrize(
    ("risk", "text"), [(None, "–"), (0.0, "< 0.01 %"), (1e-6, "< 0.01 %"), (0.1234, "12 %")]
)
def test_the_risk_is_a_percentage(risk: float | None, text: str) -> None:
    import msgspec

    found = msgspec.structs.replace(row("1.1-03", figure(21.0, 0.1)), risk=risk)
    assert results.risk_text(found) == text


def test_the_drawing_names_what_it_shows() -> None:
    drawing = interval_bar(row("1.1-03", figure(21.0, 0.5)))
    assert "<title>21.0 %, interval [20.0, 22.0], limit ≥ 20 %</title>" in drawing
    assert drawing.count('class="limit"') == 1
    assert drawing.count("<circle") == 1
