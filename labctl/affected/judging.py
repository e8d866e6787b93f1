"""What a verdict is worth when an instrument behind it was wrong.

A figure's budget has a line for each common error of each instrument: what its standard uncertainty
makes of the figure. An error of `ratio` standard uncertainties moves the figure by ratio x u, in
first order; over several lines of one instrument the amounts are added. The interval is made longer
by that on both sides, and judged again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import msgspec

from labctl.evidence import Contribution, Evidence, Figure, Range, Result

RECTANGULAR = math.sqrt(3.0)
"""Limit of error of a rectangular distribution over its standard uncertainty."""


def moved(budget: Iterable[Contribution], serial: str, ratio: float) -> dict[str, float]:
    """By figure, how far an error of `ratio` standard uncertainties of the instrument `serial`
    moves it, in its unit.

    A figure whose budget has no line of that instrument is not moved.
    """
    found: dict[str, float] = {}
    for line in budget:
        if line.source.split("/")[0] == serial and ratio > 0:
            found[line.figure] = found.get(line.figure, 0.0) + line.u * ratio
    return found


def widened(evidence: Evidence, shifts: Mapping[str, float]) -> Evidence:
    """The evidence with figures that may be wrong by `shifts`, by figure in its unit."""
    results = {key: _widened(one, shifts.get(key, 0.0)) for key, one in evidence.results.items()}
    return msgspec.structs.replace(evidence, results=results)


def _widened(result: Result, shift: float) -> Result:
    if isinstance(result, Figure):
        return _figure(result, shift)
    if isinstance(result, Range):
        low, high = _figure(result.low, shift), _figure(result.high, shift)
        return msgspec.structs.replace(result, low=low, high=high)
    return result


def _figure(figure: Figure, shift: float) -> Figure:
    if shift == 0.0:
        return figure
    return msgspec.structs.replace(
        figure,
        u=math.hypot(figure.u, shift / RECTANGULAR),
        lo=figure.low - shift,
        hi=figure.high + shift,
    )
