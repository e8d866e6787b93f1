"""What the engine hands to one item's `Run`: everything a procedure may know, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from labctl.agreement import Agreement
from labctl.calibration import Certificate
from labctl.errors import UnitError, UsageError
from labctl.evidence import Spread
from labctl.gaps import Gap
from labctl.indicator import Condition, EvidenceKind, Indicator
from labctl.judging.bands import NotAgreed, band_of
from labctl.judging.tolerances import is_exposure
from labctl.quantity import Quantity
from labctl.sample import Sample
from labctl.soak import POINTS, Parts


class Wanted(msgspec.Struct, frozen=True):
    """A row that the evidence must hold: its `key`, what it is, in which unit; never a limit.

    `present` says that an ability or a deliverable is asked for instead of a figure.
    """

    key: str
    quantity: str
    unit: str = ""
    present: bool = False


class Held(NamedTuple):
    """What the reading of a condition must stay in: `low` to `high` in `unit`."""

    low: float
    high: float
    unit: str

    def to(self, unit: str) -> tuple[float, float]:
        """(low, high) in `unit`."""
        low, high = (Quantity(end, self.unit).to(unit).value for end in (self.low, self.high))
        return low, high


@dataclass(frozen=True)
class Item:
    """One item, `number` in the journal, as its procedure may see it.

    `set_points` are values of the indicator's numeric conditions by quantity, `bands` what their
    readings must stay in. `draws` is the number of Monte Carlo draws (None: the usual one),
    `points` after how many points a part of an exposure is committed in virtual time. A `bare` item
    keeps no budgets. `certificates` are those of the bench by role, once for each time that it was
    opened, `ambient` the lowest and highest temperature round it in degC, `distributions` those
    of the contributions that are not normal.

    Of an item that was interrupted, `stored` holds the results of steps as the journal keeps them,
    `answered` who answered prompts, `attempts` how often each was begun, `parts` what was committed
    of exposures that were not finished, `gaps` the interruptions before this one. `restored` says
    that a simulated device is put back to what it was when the last step was committed, `rehearsed`
    which scopes are arranged before its snapshot is taken up (None: no snapshot is).
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
    answered: Mapping[str, str] = field(default_factory=dict[str, str])
    attempts: Mapping[str, int] = field(default_factory=dict[str, int])
    parts: Mapping[str, Parts] = field(default_factory=dict[str, Parts])
    gaps: tuple[Gap, ...] = ()
    restored: bool = True
    rehearsed: frozenset[str] | None = None
    bands: Mapping[str, Held] = field(default_factory=dict[str, Held])
    draws: int | None = None
    points: int = POINTS
    bare: bool = False
    certificates: tuple[Mapping[str, Certificate], ...] = ()
    ambient: tuple[float, float] | None = None
    distributions: Mapping[str, Spread] = field(default_factory=dict[str, Spread])

    def set_point(self, quantity: str) -> Quantity:
        """The set point of the condition on `quantity`; `UsageError` where there is none."""
        if quantity not in self.set_points:
            raise UsageError(f"{self.id} states no value for the condition {quantity!r}")
        return self.set_points[quantity]


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


def bands_of(indicator: Indicator, agreement: Agreement) -> dict[str, Held]:
    """By quantity, what the readings of the indicator's numeric conditions must stay in.

    Amounts to be run through, ranges to be covered and what is not agreed have no band.
    """
    found = ((c.quantity, _held(indicator.id, c, agreement)) for c in indicator.conditions)
    return {name: band for name, band in found if band is not None}


def _held(indicator: str, condition: Condition, agreement: Agreement) -> Held | None:
    if condition.in_words or condition.op == "covers" or is_exposure(condition):
        return None
    try:
        band = band_of(indicator, condition, agreement)
    except (NotAgreed, UnitError):
        return None  # the judge names what is not agreed
    return Held(band.low, band.high, condition.unit)
