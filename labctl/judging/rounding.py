"""Printed numbers: rounded to the uncertainty, with digits enough never to contradict the decision.

U is printed with two significant digits (GUM 7.2.6) and the value to the same place. Where
rounding would move the value or an end of its interval onto or across a limit, digits are added:
19.996 against a limit of 20 prints as 19.996, not as 20.0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

from labctl.judging.limittext import limits_of, number_text
from labctl.judging.record import RowVerdict

SIGNIFICANT = 2
"""Significant digits of a printed U."""

PLACES = 12
"""Significant digits of a value without uncertainty, before the limit asks for more."""

FINEST = 17
"""Significant digits at which every float is told from every other."""

SMALLEST, LARGEST = -5, 9
"""Powers of ten between which numbers are written out."""

_EXACT = Context(prec=40, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True)
class Printed:
    """A row's numbers as text, in the row's unit; "" where there is no number.

    `lo` and `hi` are the ends of the 95 % interval. A range has its ends joined by " to ".
    """

    value: str
    U: str = ""
    lo: str = ""
    hi: str = ""


def printed(row: RowVerdict) -> Printed:
    """The row's numbers as text; an ability has none."""
    if row.ends:
        ends = [printed(end) for end in row.ends]
        spread = " to ".join(end.U or "0" for end in ends) if any(e.U for e in ends) else ""
        return Printed(" to ".join(end.value for end in ends), spread)
    if not isinstance(row.value, float):
        return Printed("")
    if not row.U:
        return Printed(_exact(row.value, row))
    place = _place(row, row.value, row.U)
    return Printed(*(_at(x, place) for x in (row.value, row.U, row.lo, row.hi) if x is not None))


def _exact(value: float, row: RowVerdict) -> str:
    """A value without uncertainty: no more digits than it has."""
    for digits in range(PLACES, FINEST):
        text = number_text(value, digits)
        if _agrees(value, Decimal(text), row):
            return text
    return number_text(value, FINEST)


def _place(row: RowVerdict, value: float, expanded: float) -> int:
    """The power of ten to round to: that of the second digit of U, or finer."""
    numbers = [x for x in (value, row.lo, row.hi) if x is not None]
    scale = max(map(abs, numbers))
    finest = _leading(scale) - FINEST + 1
    coarsest = _leading(expanded) - SIGNIFICANT + 1
    for place in range(max(coarsest, finest), finest, -1):
        if all(_faithful(row, numbers, value, expanded, place)):
            return place
    return finest


def _faithful(
    row: RowVerdict, numbers: Iterable[float], value: float, expanded: float, place: int
) -> Iterator[bool]:
    """Whether each printed number, and value +- U, stands to each limit as the number does."""
    for x in numbers:
        yield _agrees(x, _rounded(x, place), row)
    for sign, end in ((1, row.hi), (-1, row.lo)):
        if end is not None and math.isclose(end, value + sign * expanded, rel_tol=1e-9):
            total = _rounded(value, place) + sign * _rounded(expanded, place)
            yield _agrees(end, total, row)


def _agrees(x: float, text: Decimal, row: RowVerdict) -> bool:
    return all(
        (x > limit) == (text > exact) and (x < limit) == (text < exact)
        for limit in limits_of(row)
        for exact in (Decimal(repr(limit)),)
    )


def _at(value: float, place: int) -> str:
    rounded = _rounded(value, place)
    if rounded == 0 or SMALLEST <= _leading(value) < LARGEST:
        return f"{abs(rounded) if rounded == 0 else rounded:f}"
    return f"{rounded:.{max(0, rounded.adjusted() - place)}e}"


def _rounded(value: float, place: int) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(place), context=_EXACT)


def _leading(value: float) -> int:
    """Power of ten of the first significant digit; 0 of zero."""
    return math.floor(math.log10(abs(value))) if value else 0
