"""The points of a range between its ends: that they were tested, and that all of them held."""

from __future__ import annotations

from collections.abc import Sequence

from labctl.evidence import Figure, Range
from labctl.indicator import Criterion
from labctl.judging.estimates import estimate
from labctl.judging.usable import Unusable


def failed_within(criterion: Criterion, found: Range) -> tuple[float, ...]:
    """Tested points inside the criterion's window, in its unit, at which it did not hold.

    `Unusable` where no point between the ends of the window was tested.
    """
    low, high = criterion.window
    between = _points(criterion, found, (*found.between, *found.failed))
    if low < high and not any(low < point < high for point in between):
        raise Unusable("no point between the ends was tested")
    return tuple(p for p in _points(criterion, found, found.failed) if low <= p <= high)


def _points(criterion: Criterion, found: Range, points: Sequence[float]) -> list[float]:
    return [estimate(Figure(point, found.low.unit), criterion).y for point in points]
