"""Rates: decided by Clopper-Pearson bounds at 2.5 % a side, with the number of trials fixed before.

Before all trials are made a rate can only FAIL, and only where none of those left could turn it.
`==` refers to the declared finite set: there the share itself is judged, without bounds.
"""

from __future__ import annotations

import re

from labctl.evidence import Figure, Rate
from labctl.indicator import Criterion
from labctl.judging.estimates import NORMAL_95, Estimate, estimate
from labctl.judging.usable import Unusable

RATES = re.compile(r"^(false_alarm_rate|bit_error_rate|success_rate|recall)$")
"""Names of figures that are rates of trials: a bare number does not tell how many there were."""


def is_rate(criterion: Criterion) -> bool:
    """Whether the figure has to come with its trials."""
    return RATES.search(criterion.quantity) is not None


def rate_estimates(rate: Rate, criterion: Criterion) -> tuple[Estimate, ...]:
    """The estimate in the unit of the row; of an unfinished series what it may come to at best and
    at worst.

    `Unusable` where the numbers do not fit, or more trials were made than were planned.
    """
    events, trials, planned = (
        _whole(name, number)
        for name, number in (
            ("events", rate.events),
            ("trials", rate.trials),
            ("planned", rate.planned),
        )
    )
    if not 0 <= events <= trials or planned < 1:
        raise Unusable(f"{events} events in {trials} trials of {planned}")
    if trials > planned:
        raise Unusable(f"the number of trials was fixed at {planned}, {trials} were made")
    left = planned - trials
    return tuple(
        _estimate(number, planned, rate.unit, criterion)
        for number in dict.fromkeys((events, events + left))
    )


def _estimate(events: int, trials: int, unit: str, criterion: Criterion) -> Estimate:
    if criterion.op == "==":
        return estimate(Figure(events / trials, unit), criterion)
    from labctl.uncertainty.rates import clopper_pearson

    lo, hi = clopper_pearson(events, trials)
    u = (hi - lo) / 2 / NORMAL_95
    return estimate(Figure(events / trials, unit, u, lo, hi), criterion)


def _whole(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Unusable(f"{name} is not a whole number but {type(value).__name__}")
    return value
