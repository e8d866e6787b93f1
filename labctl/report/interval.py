"""A small drawing of an estimate with its 95 % interval beside the limit."""

from __future__ import annotations

import math
from xml.sax.saxutils import escape

from labctl.i18n import _
from labctl.judging.record import RowVerdict
from labctl.report.results import interval_text, limit_text, value_text

WIDTH, HEIGHT, MARGIN = 150.0, 26.0, 8.0
"""Size of the drawing and the free space left and right, in its own units."""


def interval_bar(row: RowVerdict) -> str:
    """The row as an SVG element: allowed side shaded, limit as a line, estimate as a dot with its
    interval as a bar. Empty where the row has no number or no limit to stand beside."""
    limits = _limits(row)
    if not limits or not isinstance(row.value, float) or row.lo is None or row.hi is None:
        return ""
    if not all(map(math.isfinite, (row.value, row.lo, row.hi))):
        return ""
    place = _scale([row.lo, row.hi, row.value, *limits])
    low, high = _allowed(row, limits, place)
    y = HEIGHT / 2
    shapes = [_rect(low, high)]
    shapes += [_line(place(x), 3, place(x), HEIGHT - 3, "limit") for x in limits]
    shapes += [_line(place(row.lo), y, place(row.hi), y, "interval")]
    shapes += [_line(place(x), y - 4, place(x), y + 4, "interval") for x in (row.lo, row.hi)]
    shapes += [f'<circle cx="{place(row.value):.1f}" cy="{y:.1f}" r="3.2"/>']
    alt = _("{value}, interval {interval}, limit {limit}").format(
        value=value_text(row), interval=interval_text(row), limit=limit_text(row)
    )
    head = f'<svg class="interval" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img">'
    return head + f"<title>{escape(alt)}</title>" + "".join(shapes) + "</svg>"


def _limits(row: RowVerdict) -> list[float]:
    """The limits on the axis of the value; `within` and `about` have one on each side."""
    if isinstance(row.limit, tuple):
        return list(row.limit)
    if row.limit is None:
        return []
    if row.op == "within":
        return [-row.limit, row.limit]
    if row.op == "about" and row.tolerance is not None:
        return [row.limit - row.tolerance, row.limit + row.tolerance]
    return [row.limit]


def _allowed(row: RowVerdict, limits: list[float], place: _Place) -> tuple[float, float]:
    """Ends of the allowed side on the drawing."""
    if len(limits) == 2:
        return place(limits[0]), place(limits[1])
    if row.op in (">", ">="):
        return place(limits[0]), WIDTH
    if row.op in ("<", "<="):
        return 0.0, place(limits[0])
    return place(limits[0]), place(limits[0])


class _Place:
    """Maps a number to its place on the drawing."""

    def __init__(self, low: float, high: float) -> None:
        self._low, self._span = low, (high - low) or 1.0

    def __call__(self, x: float) -> float:
        return MARGIN + (x - self._low) / self._span * (WIDTH - 2 * MARGIN)


def _scale(numbers: list[float]) -> _Place:
    return _Place(min(numbers), max(numbers))


def _rect(low: float, high: float) -> str:
    return f'<rect class="allowed" x="{low:.1f}" y="3" width="{high - low:.1f}" height="20"/>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'
