"""Calibrations over the days of a run."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from labctl.planning.answers import Answer
from labctl.planning.certificates import certificate_plans, outlives
from labctl.planning.document import ItemPlan
from labctl.rehearsing import Certificate

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DAY = 86400.0


def item(name: str, begin: float, duration: float | None) -> ItemPlan:
    return ItemPlan(
        id=name,
        name_en="",
        name_zh="",
        evidence="measured",
        answer=Answer.ATTAINABLE,
        begin=begin * DAY,
        duration=None if duration is None else duration * DAY,
    )


ITEMS = (item("short", 0.0, 0.25), item("long", 0.25, 30.0), item("erred", 30.25, None))


@pytest.mark.parametrize(
    ("due", "state", "during"),
    [
        (date(2026, 2, 28), "ended", ""),
        (date(2026, 3, 1), "ends", "long"),
        (date(2026, 3, 30), "ends", "long"),
        (date(2026, 3, 31), "lasts", ""),
        (None, "unknown", ""),
    ],
)
def test_a_certificate_lasts_to_the_end_of_its_last_day(
    due: date | None, state: str, during: str
) -> None:
    (found,) = certificate_plans([Certificate("lamp", "C-1", None, due)], START, ITEMS)
    assert (found.state, found.item) == (state, during)
    assert found.due == (None if due is None else due.isoformat())


def test_an_item_outlives_a_day_when_it_ends_after_it() -> None:
    assert [outlives(one, "2026-03-01", START) for one in ITEMS] == [False, True, True]
