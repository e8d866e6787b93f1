"""The limits of a decided row: as numbers, and as the text of a table."""

from __future__ import annotations

from labctl.judging.estimates import MAGNITUDE
from labctl.judging.record import RowVerdict


def limits_of(row: RowVerdict) -> tuple[float, ...]:
    """The numbers that the row's value was compared with, in its unit."""
    if row.limit is None:
        return ()
    if isinstance(row.limit, tuple):
        return row.limit
    if row.op == "about":
        return row.limit - (row.tolerance or 0.0), row.limit + (row.tolerance or 0.0)
    if row.op == "within" or _is_magnitude(row):
        return -row.limit, row.limit
    return (row.limit,)


def limit_text(row: RowVerdict) -> str:
    """The rule and its limit without the unit: ">= 20", "400 to 600", "±2", "500 ± 25"."""
    if row.limit is None:
        return row.op
    if isinstance(row.limit, tuple):
        text = " to ".join(number_text(end) for end in row.limit)
        return f"covers {text}" if row.op == "covers" else text
    number = number_text(row.limit)
    if row.op == "within":
        return f"±{number}"
    if row.op == "about":
        return f"{ABOUT[row.better]}{number} ± {number_text(row.tolerance or 0.0)}"
    count = f" (up to {number_text(row.upto)})" if row.upto is not None else ""
    return f"{row.op} {number}{count}"


def _is_magnitude(row: RowVerdict) -> bool:
    return row.op in ("<", "<=") and MAGNITUDE.search(row.quantity) is not None


ABOUT = {"": "", "higher": "at least ", "lower": "at most "}


def number_text(value: float, digits: int = 12) -> str:
    """A number with the digits it has, at most `digits` significant ones (20, 0.05, 1e+07)."""
    if abs(value) < 1e9 and value == int(value) and digits >= 12:
        return str(int(value))
    return f"{value:.{digits}g}"
