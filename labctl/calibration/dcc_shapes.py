"""From an uncertainty as a D-SI file states it to the distribution of a table's points."""

from __future__ import annotations

import math
from collections.abc import Sequence

from labctl.calibration.certificate import Distribution, Point
from labctl.calibration.dcc_values import Stated
from labctl.calibration.refusal import Where

WORDS: dict[str, Distribution] = {
    **{"": "normal", "normal": "normal", "gaussian": "normal"},
    **{"t": "t", "student": "t", "student-t": "t", "studentt": "t"},
    **{"uniform": "rectangular", "rectangular": "rectangular"},
    "triangular": "triangular",
}
"""What a file calls a distribution; one that is not said is normal (D-SI 1.3, 4.1)."""

WIDTH: dict[Distribution, float] = {"rectangular": math.sqrt(3.0), "triangular": math.sqrt(6.0)}
"""Half width of a limited distribution by its standard deviation."""


def shaped(
    readings: Sequence[float], corrections: Sequence[float], stated: Sequence[Stated], where: Where
) -> tuple[tuple[Distribution, float], list[Point]]:
    """The table's distribution with its degrees of freedom, and its points."""
    words = {one.distribution for one in stated}
    unknown = sorted(words - set(WORDS))
    if unknown or len({WORDS[word] for word in words - set(unknown)}) > 1:
        where.at("distribution").wrong(
            f"{', '.join(sorted(words))}: a table has one of normal, t, uniform and triangular"
        )
    shape = WORDS[words.pop()]
    rows = zip(readings, corrections, stated, strict=True)
    points = [Point(x, c, *_size(one, shape)) for x, c, one in rows]
    if shape != "t":
        return (shape, 0.0), points
    return (shape, min(_freedom(one, where) for one in stated)), points


def _size(one: Stated, shape: Distribution) -> tuple[float, float]:
    """The point's uncertainty and its k."""
    if shape in WIDTH:
        return one.expanded / one.k * WIDTH[shape], 1.0
    return one.expanded, one.k


def _freedom(one: Stated, where: Where) -> float:
    """Degrees of freedom at which a t has the coverage factor k for its probability."""
    from labctl.uncertainty.shapes import quantile

    share = (1.0 + one.probability) / 2.0
    if not 0.5 < share < 1.0 or one.k <= quantile(share, math.inf):
        where.at("coverageFactor").wrong(
            f"k = {one.k:g} for a share of {one.probability:g} is that of no t"
        )
    low, high = 0.5, 1e6
    if one.k <= quantile(share, high):
        return high
    for _ in range(80):
        middle = math.sqrt(low * high)
        low, high = (middle, high) if quantile(share, middle) > one.k else (low, middle)
    return float(f"{high:.4g}")
