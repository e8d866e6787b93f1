from __future__ import annotations

import pytest

from labctl.catalogue import load
from labctl.i18n import using
from labctl.web.view.indicators import Filter, directions, indicator_rows

OUTCOMES: dict[str, tuple[str, bool | None]] = {"1.1-03": ("PASS", True), "5.2-04": ("FAIL", False)}


def ids(wanted: Filter) -> list[str]:
    return [row.id for row in indicator_rows(load(), wanted, {"1.1-03": "a.b"}, OUTCOMES)]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Filter(), 1084),
        (Filter(kind="measured"), 547),
        (Filter(kind="document"), 329),
        (Filter(tried="tried"), 2),
        (Filter(tried="never"), 1082),
        (Filter(outcome="FAIL"), 1),
        (Filter(query="5.2-04", outcome="PASS"), 0),
        (Filter(query="1.1-03"), 1),
    ],
)
def test_filters_count(wanted: Filter, count: int) -> None:
    assert len(ids(wanted)) == count


def test_field_and_direction_agree() -> None:
    inside = ids(Filter(direction="5.2"))
    assert inside and set(inside) < set(ids(Filter(field="5")))
    assert ids(Filter(field="6", direction="5.2")) == []
    assert set(directions(load(), "5")) == {d.id for d in load().directions if d.field == "5"}


@pytest.mark.parametrize(
    ("language", "text"), [("en", "power conversion efficiency"), ("zh", "效率")]
)
def test_criteria_are_words_of_the_users_language(language: str, text: str) -> None:
    with using("zh" if language == "zh" else "en"):
        [row] = indicator_rows(load(), Filter(query="1.1-03"), {"1.1-03": "a.b"}, OUTCOMES)
    assert text in row.criteria[0] and row.criteria[0].endswith("≥ 20 %")
    assert row.runnable and (row.outcome, row.simulated) == ("PASS", True)
