"""The band that a numeric condition must stay in, in its unit."""

from __future__ import annotations

import math
from dataclasses import dataclass

from labctl.agreement import Agreement
from labctl.indicator import Condition
from labctl.judging.tolerances import tolerance_at
from labctl.units import trimmed


class NotAgreed(Exception):
    """A set point at zero without a tolerance: there is nothing to hold it to."""


@dataclass(frozen=True)
class Band:
    """[`low`, `high`] in the unit of the condition; `strict` ends are not reached by equality.

    `tolerance` is the half-width, infinite where the band is open on one side.
    """

    low: float
    high: float
    tolerance: float
    strict: bool = False

    def holds(self, value: float) -> bool:
        """Whether `value` lies inside."""
        if self.strict:
            return self.low < value < self.high
        return self.low <= value <= self.high


def band_of(indicator: str, condition: Condition, agreement: Agreement) -> Band:
    """The band of a condition with `==`, a one-sided rule or `between`.

    `NotAgreed` at a zero set point without tolerance; `UnitError` on an agreed tolerance that does
    not fit.
    """
    if condition.op == "between":
        low, high = condition.window
        return Band(low, high, (high - low) / 2)
    point = condition.number
    if condition.op == "==":
        return _around(indicator, condition, point, agreement)
    strict = condition.op in (">", "<")
    if condition.op in (">", ">="):
        return Band(point, math.inf, math.inf, strict)
    return Band(-math.inf, point, math.inf, strict)


def _around(indicator: str, condition: Condition, point: float, agreement: Agreement) -> Band:
    tolerance = tolerance_at(indicator, condition, point, agreement)
    if tolerance is None:
        raise NotAgreed("a zero set point needs an agreed tolerance")
    return Band(trimmed(point - tolerance), trimmed(point + tolerance), tolerance)
