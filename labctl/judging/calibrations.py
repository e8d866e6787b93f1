"""Calibration judged at each reading's UTC: what a verdict warns of.

A warning changes no outcome: the figure may well be right. It forbids to export the verdict as an
acceptance, until a later calibration finds the instrument within its specification.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from labctl.i18n import N_
from labctl.traceable import Calibrated, Override
from labctl.words import Text, Words

NONE = N_("{role} ({serial}): no calibration certificate is named")
BEFORE = N_("{role} ({serial}): read on {read}, before its calibration {certificate} of {day}")
AFTER = N_("{role} ({serial}): read on {read}, after its calibration {certificate} ended on {day}")
OUTSIDE = N_("{role} ({serial}): a later calibration found it outside its specification")
OVERRIDDEN = N_("begun although a calibration ends before it: {by}: {reason}")


def warnings_of(
    calibrations: Sequence[Calibrated], overrides: Sequence[Override]
) -> tuple[Words, ...]:
    """What the verdict warns of, in words."""
    told = [Text(OVERRIDDEN, {"by": one.by, "reason": one.reason}) for one in overrides]
    return (*(text for one in calibrations for text in _of(one)), *told)


def _of(one: Calibrated) -> Iterator[Text]:
    who = {"role": one.role, "serial": one.serial, "certificate": one.certificate}
    if not one.certificate:
        yield Text(NONE, who)
    if one.as_found == "outside":
        yield Text(OUTSIDE, who)
    if one.calibrated and one.first < start_of(one.calibrated):
        yield Text(BEFORE, {**who, "read": _day(one.first), "day": one.calibrated})
    if is_over(one) and one.as_found != "within":
        yield Text(AFTER, {**who, "read": _day(one.last), "day": one.due})


def is_over(one: Calibrated) -> bool:
    """Whether the instrument was read after the last day of its calibration."""
    return bool(one.due) and one.last >= end_of(one.due)


def start_of(day: str) -> float:
    """Unix time in s at which the day `day` (ISO date, UTC) begins."""
    return datetime.combine(date.fromisoformat(day), time(), UTC).timestamp()


def end_of(day: str) -> float:
    """Unix time in s at which the day `day` (ISO date, UTC) is over."""
    return start_of(day) + timedelta(days=1).total_seconds()


def _day(utc: float) -> str:
    return datetime.fromtimestamp(utc, UTC).date().isoformat()
