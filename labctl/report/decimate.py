"""Fewer points for a plot of a long log, without losing an extreme."""

from __future__ import annotations

from collections.abc import Sequence


def min_max(
    x: Sequence[float], y: Sequence[float], buckets: int = 400
) -> tuple[list[float], list[float]]:
    """At most about two points a bucket: the smallest and the largest `y`, in the order of `x`.

    First and last point are kept, so that the plot covers the whole log. `x` and `y` have the
    same length; a log that is short enough comes back unchanged.
    """
    count = len(y)
    if count <= 2 * buckets:
        return list(x), list(y)
    chosen = {0, count - 1}
    for bucket in range(buckets):
        span = range(bucket * count // buckets, (bucket + 1) * count // buckets)
        chosen.add(min(span, key=y.__getitem__))
        chosen.add(max(span, key=y.__getitem__))
    order = sorted(chosen)
    return [x[i] for i in order], [y[i] for i in order]
