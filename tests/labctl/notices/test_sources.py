from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl.notices.sources import calibration, short_disk, still_needed
from labctl.words import said


def test_what_a_run_still_needs() -> None:
    assert still_needed(100.0, 0.0) == 0.0
    assert still_needed(100.0, 0.25) == pytest.approx(300.0)
    assert still_needed(100.0, 1.0) == 0.0


@given(st.floats(0, 1e13), st.floats(0, 1e13), st.floats(0, 1e12))
def test_a_disk_is_short_when_less_is_free_than_may_be_needed(
    free: float, needed: float, least: float
) -> None:
    text = short_disk(free, needed, least)
    assert (text is not None) == (free < least + 1.5 * needed)


def test_the_words_for_a_short_disk() -> None:
    text = short_disk(1.5e9, 2e9, 1e9)
    assert text is not None
    assert said(text) == "1.50 GB are free where the run is kept; 4.00 GB are needed."


DUE = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2026, 1, 1), None),
        (date(2026, 3, 17), "The calibration of psu ends on 2026-03-31."),
        (date(2026, 3, 31), "The calibration of psu ends on 2026-03-31."),
        (date(2026, 4, 1), "The calibration of psu ended on 2026-03-31."),
    ],
)
def test_the_end_of_a_calibration(today: date, told: str | None) -> None:
    text = calibration("psu", DUE, today)
    assert (None if text is None else said(text)) == told
