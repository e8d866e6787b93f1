"""How far evidence that was computed again is from the evidence that is stored, in units of u."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import msgspec

from labctl.evidence import Evidence, Figure, Range, Result
from labctl.journal.plain import encode

SAME = 1e-6
"""Difference in units of u up to which figures are the same: processors round differently."""


class Compared(msgspec.Struct, frozen=True):
    """A row of the evidence: `difference` in units of the stored u, infinite where it is another
    result altogether."""

    key: str
    was: str
    now: str
    difference: float


def compared(was: Evidence, now: Evidence) -> Iterator[Compared]:
    """Every result, and the conditions and attachments as one row each."""
    yield from _results(was.results, now.results)
    pairs = {
        "conditions": (was.conditions, now.conditions),
        "attachments": (was.attachments, now.attachments),
    }
    for key, (before, after) in pairs.items():
        texts = encode(before), encode(after)
        if texts[0] != texts[1]:
            yield Compared(key, *texts, math.inf)


def _results(was: Mapping[str, Result], now: Mapping[str, Result]) -> Iterator[Compared]:
    for key in dict.fromkeys([*was, *now]):
        before, after = was.get(key), now.get(key)
        yield Compared(key, encode(before), encode(after), difference(before, after))


def difference(was: Result | None, now: Result | None) -> float:
    """Between two results, in units of the u of the first; 0 where they are equal."""
    if isinstance(was, Figure) and isinstance(now, Figure):
        return _figures(was, now)
    if isinstance(was, Range) and isinstance(now, Range):
        return max(_figures(was.low, now.low), _figures(was.high, now.high))
    return 0.0 if encode(was) == encode(now) else math.inf


def _figures(was: Figure, now: Figure) -> float:
    if encode(was) == encode(now):
        return 0.0
    if was.unit != now.unit or was.reasons != now.reasons or not was.u > 0:
        return math.inf
    pairs = ((was.value, now.value), (was.low, now.low), (was.high, now.high), (was.u, now.u))
    found = [abs(before - after) / was.u for before, after in pairs]
    return max(math.inf if math.isnan(one) else one for one in found)
