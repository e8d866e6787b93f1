"""What the engine hands to one item's `Run`: everything a procedure may know, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from labctl.indicator import Condition, EvidenceKind, Indicator
from labctl.quantity import Quantity
from labctl.sample import Sample


class Wanted(msgspec.Struct, frozen=True):
    """A row that the evidence must hold: its `key`, what it is, in which unit; never a limit.

    `present` says that an ability or a deliverable is asked for instead of a figure.
    """

    key: str
    quantity: str
    unit: str = ""
    present: bool = False


@dataclass(frozen=True)
class Item:
    """One item, `number` in the journal, as its procedure may see it.

    `set_points` are values of the indicator's numeric conditions by quantity. `stored` holds the
    results of steps done before, as the journal keeps them, `attempts` how often each was begun.
    """

    number: int
    id: str
    kind: EvidenceKind
    sample: Sample
    seed: int
    wanted: tuple[Wanted, ...] = ()
    set_points: Mapping[str, Quantity] = field(default_factory=dict[str, Quantity])
    contributions: Mapping[str, Quantity] = field(default_factory=dict[str, Quantity])
    stored: Mapping[str, str] = field(default_factory=dict[str, str])
    attempts: Mapping[str, int] = field(default_factory=dict[str, int])


def wanted_of(indicator: Indicator) -> tuple[Wanted, ...]:
    """The rows of an indicator, without their rules."""
    return tuple(
        Wanted(row.row, row.quantity, row.unit, row.op == "present") for row in indicator.criteria
    )


def set_points_of(indicator: Indicator) -> dict[str, Quantity]:
    """Values of the numeric conditions by quantity; of a window its middle.

    A range that has to be covered is no set point.
    """
    found = ((c.quantity, set_point_of(c)) for c in indicator.conditions)
    return {name: value for name, value in found if value is not None}


def set_point_of(condition: Condition) -> Quantity | None:
    """The set point of a condition; None for words and for a range that has to be covered."""
    if condition.in_words or condition.op == "covers":
        return None
    if condition.op == "between":
        low, high = condition.window
        return Quantity((low + high) / 2, condition.unit)
    return Quantity(condition.number, condition.unit)
