"""From a result to the numbers a decision takes: estimate and 95 % interval in the row's unit."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from labctl.errors import UnitError
from labctl.evidence import Count, Figure
from labctl.indicator import Criterion
from labctl.judging.usable import Unusable, finite
from labctl.units import convert, convert_difference, is_count, trimmed

NORMAL_95 = 1.959963984540054
"""Coverage factor of the 95 % interval of a normal distribution."""

CENSORED = "censored"
"""Mark of a figure whose true value is at least `value`: the device was still alive."""

MAGNITUDE = re.compile(r"_(error|difference|spread|deviation|magnitude)$|(^|_)(bow|warp)$")
"""Names of figures that are counted positive under `<` and `<=`."""

DIFFERENCE = re.compile(r"_(error|difference|spread|deviation)($|_)")
"""Names of figures that are differences: 1 degC of them is 1 K."""


@dataclass(frozen=True)
class Estimate:
    """Estimate `y`, standard uncertainty `u`, interval [`lo`, `hi`] around `y`, in the row's unit.

    `counted`: the value is a whole number of things, or a range of such. `marks` are the reasons
    that the procedure set on the figure.
    """

    y: float
    u: float
    lo: float
    hi: float
    counted: bool = False
    marks: tuple[str, ...] = ()

    @property
    def expanded(self) -> float:
        """U: half the width of the interval."""
        return (self.hi - self.lo) / 2

    @property
    def exact(self) -> bool:
        """Whether the interval has no width."""
        return self.lo == self.hi

    def sharp(self) -> Estimate:
        """The same value without uncertainty: for an end at a physical bound."""
        return Estimate(self.y, 0.0, self.y, self.y, self.counted, self.marks)


def estimate(result: Figure | Count, criterion: Criterion) -> Estimate:
    """The result in the unit of the row; `Unusable` where unit or numbers do not fit."""
    try:
        found = _counted(result) if isinstance(result, Count) else _figure(result)
        return _converted(found, result.unit, criterion)
    except UnitError as error:
        raise Unusable(error.message) from error


def is_magnitude(criterion: Criterion) -> bool:
    """Whether the figure is judged against +-limit."""
    return criterion.op in ("<", "<=") and MAGNITUDE.search(criterion.quantity) is not None


def is_difference(quantity: str, op: str = "") -> bool:
    """Whether a figure of this name is a difference, which degC enters without its zero point."""
    return op == "within" or DIFFERENCE.search(quantity) is not None


def _figure(figure: Figure) -> Estimate:
    """METROLOGY's [lo, hi]; y +- 1.96 u where a figure states u alone, never narrower than y."""
    y = finite("value", figure.value)
    u = finite("u", figure.u)
    if u < 0:
        raise Unusable(f"u is {u:g}, below zero")
    lo = y - NORMAL_95 * u if figure.lo is None else finite("lo", figure.lo)
    hi = y + NORMAL_95 * u if figure.hi is None else finite("hi", figure.hi)
    if lo > hi:
        raise Unusable(f"the interval ends are reversed: {lo:g} above {hi:g}")
    return Estimate(y, u, min(lo, y), max(hi, y), marks=figure.reasons)


def _counted(count: Count) -> Estimate:
    """The members that are sure are the estimate; those that are possible reach beyond it."""
    sure, possible = finite("sure", count.sure), finite("possible", count.possible)
    if sure > possible:
        raise Unusable(f"{sure:g} members are sure, but only {possible:g} possible")
    return Estimate(sure, 0.0, sure, possible, counted=True)


def _converted(found: Estimate, unit: str, criterion: Criterion) -> Estimate:
    to = criterion.unit
    change = convert_difference if is_difference(criterion.quantity, criterion.op) else convert
    y, lo, hi = (decisive(change, x, unit, to) for x in (found.y, found.lo, found.hi))
    u = abs(convert_difference(found.u, unit, to))
    counted = found.counted or (found.exact and is_count(to))
    return Estimate(y, u, min(lo, hi), max(lo, hi), counted, found.marks)


def decisive(change: Callable[[float, str, str], float], x: float, unit: str, to: str) -> float:
    """`x` in the unit of its row; a converted one without the noise of the conversion."""
    return x if unit == to else trimmed(change(x, unit, to))
