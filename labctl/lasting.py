"""Whether the calibrations of a bench last for an item that is to begin."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from labctl.calibration import Certificate
from labctl.errors import BenchError, UsageError
from labctl.indicator import Indicator
from labctl.judging.calibrations import end_of
from labctl.judging.tolerances import is_exposure
from labctl.requests import RunRequest
from labctl.traceable import Override
from labctl.units import convert, same_dimension


def check_lasting(
    certificates: Mapping[str, Certificate],
    indicator: Indicator,
    now: float,
    request: RunRequest,
) -> tuple[Override, ...]:
    """The overrides of `request` that `indicator` needs to begin at `now` (Unix time in s).

    `BenchError` where a calibration ends before the item does and nobody overrides that. How long
    it takes beyond its exposures is not known: what ends on its last day is for `labctl plan`.
    """
    end = now + exposure_seconds(indicator)
    ending = {role: one for role, one in certificates.items() if one.due and end_of(one.due) <= end}
    if not ending:
        return ()
    if request.overrides:
        return request.overrides
    role, one = next(iter(ending.items()))
    raise BenchError(
        f"{role}: the calibration {one.number} ends on {one.due}, and {indicator.id} not before "
        f"{datetime.fromtimestamp(end, UTC).date()}",
        remedy='have it calibrated, or let an engineer begin: --override-calibration "NAME: why"',
    )


def override_of(text: str) -> Override:
    """The override that "NAME: reason" says; `UsageError` where it names nobody or no reason."""
    by, _, reason = (part.strip() for part in text.partition(":"))
    if not by or not reason:
        raise UsageError(f"{text!r} names no engineer with a reason", remedy="'NAME: reason'")
    return Override(by, reason)


def exposure_seconds(indicator: Indicator) -> float:
    """How long the exposures of an indicator last together at least, in s."""
    return sum(
        convert(condition.number, condition.unit, "s")
        for condition in indicator.conditions
        if not condition.in_words and is_exposure(condition) and same_dimension(condition.unit, "s")
    )
