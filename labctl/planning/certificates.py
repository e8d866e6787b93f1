"""Calibrations over the time of a run: which last, which end on the way, which have ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from labctl.planning.document import CertificatePlan, ItemPlan
from labctl.rehearsing import Certificate

LASTS, ENDS, ENDED, UNKNOWN = "lasts", "ends", "ended", "unknown"


def certificate_plans(
    certificates: Iterable[Certificate], start: datetime, items: Sequence[ItemPlan]
) -> tuple[CertificatePlan, ...]:
    """Each certificate over a run that starts at `start` and consists of `items` in order."""
    return tuple(_plan(one, start, items) for one in certificates)


def _plan(one: Certificate, start: datetime, items: Sequence[ItemPlan]) -> CertificatePlan:
    state, item = UNKNOWN, ""
    if one.due is not None:
        state, item = _state(one.due, start, items)
    return CertificatePlan(
        of=one.of,
        number=one.number,
        state=state,
        calibrated=None if one.calibrated is None else one.calibrated.isoformat(),
        due=None if one.due is None else one.due.isoformat(),
        item=item,
    )


def _state(due: date, start: datetime, items: Sequence[ItemPlan]) -> tuple[str, str]:
    """What becomes of a certificate whose last day is `due`, and in which item it ends."""
    if due < start.date():
        return ENDED, ""
    ending = next((item.id for item in items if outlives(item, due.isoformat(), start)), "")
    return (ENDS, ending) if ending else (LASTS, "")


def outlives(item: ItemPlan, due: str, start: datetime) -> bool:
    """Whether `item` of a run that starts at `start` goes on after the day `due` (ISO 8601)."""
    end = start + timedelta(seconds=item.begin + (item.duration or 0.0))
    return date.fromisoformat(due) < end.date()
