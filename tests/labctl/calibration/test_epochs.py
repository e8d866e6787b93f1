"""Certificates in time."""

from __future__ import annotations

from labctl.calibration import Certificate
from labctl.calibration.epochs import epochs_of

FIRST = Certificate("1", "Lab", "A", "2026-01-01", "2026-12-31")
SECOND = Certificate("2", "Lab", "A", "2026-03-01")
DAY = 86400.0


def test_days_are_counted_in_utc_and_the_last_one_whole() -> None:
    assert FIRST.since == 1767225600.0
    assert FIRST.until == 1767225600.0 + 365 * DAY
    assert SECOND.until is None
    assert Certificate("3", "", "A").since is None


def test_each_calibration_begins_an_epoch_in_order() -> None:
    other = Certificate("9", "Lab", "B", "2025-01-01")
    found = epochs_of([{"meter": SECOND, "source": other}, {"meter": FIRST}])
    assert FIRST.since is not None and SECOND.since is not None
    assert found.begins["A"] == (FIRST.since, SECOND.since)
    assert found.certificates["A", SECOND.since] == SECOND
    assert list(found.begins) == ["A", "B"]


def test_of_one_day_the_last_stated_counts_and_what_has_no_day_begins_none() -> None:
    again = Certificate("1b", "Lab", "A", "2026-01-01")
    nobody = Certificate("4", "Lab", "", "2026-01-01")
    found = epochs_of([{"meter": FIRST}, {"meter": again, "cell": Certificate("5", "", "C")}])
    assert [one.number for one in found.certificates.values()] == ["1b"]
    assert epochs_of([{"x": nobody}]).begins == {}
