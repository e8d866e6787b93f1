"""What was done to a sample in an item, as its journal holds it: exposures and their amounts."""

from __future__ import annotations

import msgspec

from labctl.evidence import Evidence
from labctl.journal.reader import Reader
from labctl.journal.superseded import part_of
from labctl.judging.tolerances import EXPOSURE
from labctl.quantity import Quantity

HOUR = 3600.0


class Exposure(msgspec.Struct, frozen=True):
    """The exposure `step` of an item, and for how many hours it was under way, gaps left out."""

    step: str
    hours: float


def exposures(reader: Reader, item: int) -> tuple[Exposure, ...]:
    """The exposures of an item as far as they are committed, finished or not, in order.

    Each attempt lasts from its begin, which lies behind the gap before it, to its end or to its
    last committed part.
    """
    sql = (
        "SELECT a.step, max(0.0, coalesce(s.t, max(p.t)) - a.t)"
        " FROM attempts a JOIN progress p ON p.attempt = a.id"
        " LEFT JOIN steps s ON s.attempt = a.id WHERE a.item = ? GROUP BY a.id ORDER BY a.rowid"
    )
    seconds: dict[str, float] = {}
    for step, lasted in reader.rows(sql, item):
        seconds[step] = seconds.get(step, 0.0) + lasted
    return tuple(Exposure(step, lasted / HOUR) for step, lasted in seconds.items() if lasted)


def total_hours(exposed: tuple[Exposure, ...]) -> float:
    """Hours of all of them; one inside another one counts once."""
    names = [one.step for one in exposed]
    return sum(one.hours for one in exposed if not _inside(one.step, names))


def amounts(evidence: Evidence | None) -> dict[str, Quantity]:
    """What the item's conditions say was run through: hours, cycles, doses, by quantity."""
    if evidence is None:
        return {}
    return {
        one.quantity: Quantity(one.value, one.unit, one.u)
        for one in evidence.conditions
        if one.value is not None and EXPOSURE.search(one.quantity)
    }


def exposed_since(reader: Reader, item: int, t: float) -> bool:
    """Whether a part of an exposure of the item was committed after run time `t` in s."""
    sql = (
        "SELECT 1 FROM progress p JOIN attempts a ON a.id = p.attempt"
        " WHERE a.item = ? AND p.t > ? LIMIT 1"
    )
    return any(reader.rows(sql, item, t))


def _inside(step: str, names: list[str]) -> bool:
    return any(step != other and part_of(step, other) for other in names)
