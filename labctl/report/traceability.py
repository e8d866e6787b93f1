"""Calibrations behind an item's readings, and what interrupted them, as a reader sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from labctl.i18n import _
from labctl.report.results import NOTHING
from labctl.report.wording import day, duration, moment, plain

if TYPE_CHECKING:
    from labctl.runfile import ItemRecord
    from labctl.traceable import Calibrated


@dataclass(frozen=True)
class CalibrationView:
    """One instrument: its certificate, by whom, on which day, how long, when it was read.

    `state` says in words whether the calibration lasted over the readings; `held` that it did.
    """

    role: str
    serial: str
    certificate: str
    laboratory: str
    calibrated: str
    due: str
    read: str
    state: str
    held: bool


@dataclass(frozen=True)
class GapView:
    """An interruption: when it ended, how long it was, how the bench was left meanwhile."""

    ended: str
    length: str
    state: str
    exposed: str


def calibration_views(item: ItemRecord) -> tuple[CalibrationView, ...]:
    """The calibrations that the evidence of an item names."""
    found = () if item.evidence is None else item.evidence.calibrations
    return tuple(_calibration(one) for one in found)


def gap_views(item: ItemRecord) -> tuple[GapView, ...]:
    """The interruptions of an item, in order; those without length are none."""
    return tuple(
        GapView(
            moment(gap.utc),
            duration(gap.seconds),
            plain(gap.state) or NOTHING,
            _("yes") if gap.exposed else _("no"),
        )
        for gap in item.gaps
        if gap.seconds > 0
    )


def _calibration(one: Calibrated) -> CalibrationView:
    state, held = _state(one)
    return CalibrationView(
        role=plain(one.role),
        serial=one.serial or NOTHING,
        certificate=one.certificate or NOTHING,
        laboratory=one.laboratory or NOTHING,
        calibrated=day(one.calibrated) or NOTHING,
        due=day(one.due) or NOTHING,
        read=f"{moment(one.first)} … {moment(one.last)}",
        state=state,
        held=held,
    )


def _state(one: Calibrated) -> tuple[str, bool]:
    """In words, judged at the readings' own time; the last day is a valid one."""
    if one.as_found == "outside":
        return _("found outside its specification afterwards"), False
    if not one.certificate:
        return _("no certificate"), False
    first, last = (datetime.fromtimestamp(t, UTC).date().isoformat() for t in (one.first, one.last))
    if one.calibrated and first < one.calibrated:
        return _("calibrated after the readings"), False
    if one.due and last > one.due:
        found = _("ended before the last reading; found within specification afterwards")
        return (
            (found, True)
            if one.as_found == "within"
            else (_("ended before the last reading"), False)
        )
    return _("valid for all readings"), True
