"""Where the true values of blind devices are to lie: about the limits of an indicator. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from labctl.errors import Defect
from labctl.indicator import Criterion, Indicator
from labctl.judging.rates import is_rate
from labctl.quantity import Quantity
from labctl.units import is_count

NEAR = 4.0
"""Half of the true values lie within so many u of the limit."""

WIDE = 1.5
"""The others lie within so many times the distance of the map's own devices from it."""

SPARE = 0.02
"""Part of what a device can have that is kept free at either end."""

CYCLES = "cyc"

Span = tuple[float, float]


@dataclass(frozen=True)
class Side:
    """A limit of a row in its unit; `wrong` is +1 where a larger figure is wrong, else -1."""

    limit: float
    wrong: int


def sides(row: Criterion) -> tuple[Side, ...]:
    """The limits of `row`; none of an ability, of an exact number and of a range to be covered."""
    if row.op in (">", ">="):
        return (Side(row.number, -1),)
    if row.op in ("<", "<="):
        return (Side(row.number, +1),)
    if row.op == "within":
        return Side(-row.number, -1), Side(row.number, +1)
    if row.op == "between":
        return Side(row.window[0], -1), Side(row.window[1], +1)
    if row.op == "about" and row.tolerance is not None:
        both = Side(row.number - row.tolerance, -1), Side(row.number + row.tolerance, +1)
        return {"higher": both[:1], "lower": both[1:]}.get(row.better, both)
    return ()


def continuous(indicator: Indicator) -> bool:
    """Whether its one row is a figure with a limit, whose true value may be any number.

    Documents, counts, abilities, ranges, and indicators of several rows are found right or wrong;
    numbers of cycles are so large that they count as any number.
    """
    [row, *others] = indicator.criteria or (None,)
    if indicator.evidence == "document" or others or row is None:
        return False
    return bool(sides(row)) and (row.unit == CYCLES or not is_count(row.unit))


def near(side: Side, u: float, rng: Random, span: Span) -> float:
    """A true value within +-4 `u` of the limit that a device can have (`span`)."""
    return _within(side.limit, NEAR * u, rng, span)


def wide(side: Side, reach: float, rng: Random, span: Span) -> float:
    """A true value within +-`reach` of the limit that a device can have (`span`)."""
    return _within(side.limit, reach, rng, span)


def reach(indicator: Indicator, row: Criterion, side: Side, u: float) -> float:
    """How far from the limit true values are drawn, in the row's unit."""
    known = (indicator.nominal.get(row.row), indicator.failing.get(row.row))
    away = [abs(value - side.limit) for value in known if isinstance(value, int | float)]
    return min(max(WIDE * max(away, default=0.0), NEAR * u), room(row, side))


def room(row: Criterion, side: Side) -> float:
    """How far a true value can be from the limit to both sides: a rate ends at 0 and at 100 %."""
    if not is_rate(row):
        return float("inf")
    whole = Quantity(1.0, "dimensionless").to(row.unit).value
    return min(side.limit, whole - side.limit)


def edge(side: Side, by: float) -> float:
    """A true value by so much on the wrong side of the limit (negative: on the right one)."""
    return side.limit + side.wrong * by


def _within(limit: float, half: float, rng: Random, span: Span) -> float:
    spare = SPARE * (span[1] - span[0]) if span[1] - span[0] < float("inf") else 0.0
    low, high = max(limit - half, span[0] + spare), min(limit + half, span[1] - spare)
    if low > high:
        raise Defect(f"no device has a true value near {limit:g}")
    return rng.uniform(low, high)
