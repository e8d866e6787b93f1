"""An observed condition in the unit of its row, its numbers checked."""

from __future__ import annotations

from dataclasses import dataclass

from labctl.errors import UnitError
from labctl.evidence import Observed
from labctl.indicator import Condition
from labctl.judging.estimates import NORMAL_95, decisive, is_difference
from labctl.judging.usable import Unusable, finite
from labctl.units import convert, convert_difference


@dataclass(frozen=True)
class Seen:
    """What was observed, in the unit of the condition.

    `value` is the mean with standard uncertainty `u`, `low` and `high` the extremes (the value
    itself where none were given), `share` and `worst_excursion` parts (0..1) of the exposure,
    `read_at` the amount of an exposure at which the figure was read, None where none is named.
    """

    value: float
    u: float
    low: float
    high: float
    share: float
    worst_excursion: float
    read_at: float | None = None

    @property
    def expanded(self) -> float:
        """U of the mean, with the coverage factor of a normal distribution."""
        return NORMAL_95 * self.u


def seen_in(condition: Condition, observed: Observed) -> Seen:
    """The observation in the condition's unit; `Unusable` where it has no usable number."""
    value = finite("value", _middle(observed))
    low = value if observed.low is None else finite("low", observed.low)
    high = value if observed.high is None else finite("high", observed.high)
    u = finite("u", observed.u)
    change = convert_difference if is_difference(condition.quantity) else convert
    try:
        value, low, high = (
            decisive(change, x, observed.unit, condition.unit) for x in (value, low, high)
        )
        at = None if observed.read_at is None else finite("read_at", observed.read_at)
        at = None if at is None else decisive(change, at, observed.unit, condition.unit)
        u = abs(convert_difference(u, observed.unit, condition.unit))
    except UnitError as error:
        raise Unusable(error.message) from error
    share = finite("share", observed.share)
    excursion = finite("excursion", observed.worst_excursion)
    return Seen(value, u, min(low, high, value), max(low, high, value), share, excursion, at)


def _middle(observed: Observed) -> float:
    """The mean, or the middle of the extremes where a range was observed without a mean."""
    if observed.value is not None:
        return observed.value
    if observed.low is None or observed.high is None:
        raise Unusable("no value was observed")
    return (observed.low + observed.high) / 2
