"""Indicators: what the guideline asks for, and the only place where a limit stands.

Frozen types of the indicator map: a `Direction` holds `Indicator`s, an indicator holds `Criterion`
rows that must all hold and `Condition` rows that must be true while it is measured. Every key of
the map's format is a field here; text that is absent is "", a number that is absent is None.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Op = Literal[">", ">=", "<", "<=", "==", "within", "between", "covers", "about", "present"]
"""Rules of a criterion: r > v, ..., |r| <= v, low <= r <= high, range covered, r near v, r true."""

ConditionOp = Literal["==", ">", ">=", "<", "<=", "between", "covers"]
"""Rules of a condition; `==` is a set point with a tolerance."""

EvidenceKind = Literal["measured", "evaluated", "document"]
"""Read by an instrument, scored on software or a model, or shown on paper."""

Limit = float | tuple[float, float] | None
"""One number, a window or range [low, high], or None where the rule has no number."""

Truth = bool | float | tuple[float, float]
"""True value of a simulated device: an ability, a figure or a range, in the unit of its row."""


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the rows of a map share: an unknown key is an error, a default is not written."""


class Criterion(_Row, frozen=True, kw_only=True):
    """One row that decides: the figure `quantity` against `value` by `op`, both in `unit`.

    `key` names the row in evidence. `of` and `baseline` say what a relative figure is taken of and
    compared with; `statistic` ("worst" or "mean") over `over` says which of several readings
    counts. `upto` is the upper figure of a count printed as a range and decides nothing.
    `tolerance` (in `unit`) and `better` ("higher", "lower") belong to `about`.
    """

    quantity: str
    op: Op
    key: str = ""
    value: Limit = None
    unit: str = ""
    of: str = ""
    baseline: str = ""
    statistic: Literal["", "worst", "mean"] = ""
    over: str = ""
    upto: float | None = None
    tolerance: float | None = None
    better: Literal["", "higher", "lower"] = ""

    @property
    def row(self) -> str:
        """Name of the row in evidence, `nominal` and `failing`: the key, else the quantity."""
        return self.key or self.quantity

    @property
    def number(self) -> float:
        """`value` where the rule takes one number, in `unit`; TypeError for a window or none."""
        if not isinstance(self.value, float):
            raise TypeError(f"{self.row}: {self.op} has no single value")
        return self.value

    @property
    def window(self) -> tuple[float, float]:
        """`value` where the rule takes [low, high], in `unit`; TypeError otherwise."""
        if not isinstance(self.value, tuple):
            raise TypeError(f"{self.row}: {self.op} has no window")
        return self.value


class Condition(_Row, frozen=True, kw_only=True):
    """What must be true during the test: a number (`quantity`, `op`, `value`, `unit`) or words.

    `tolerance` is a difference in `unit` (kelvin for degC). A condition in words has `aspect` and
    `text`; the aspects `must_include`, `choose_from` and `for_example` list members.
    """

    quantity: str = ""
    op: ConditionOp = "=="
    value: Limit = None
    unit: str = ""
    of: str = ""
    baseline: str = ""
    tolerance: float | None = None
    aspect: str = ""
    text: str = ""

    @property
    def in_words(self) -> bool:
        """Whether the condition is stated in words."""
        return self.aspect != ""

    @property
    def name(self) -> str:
        """The quantity or the aspect."""
        return self.aspect or self.quantity

    @property
    def number(self) -> float:
        """`value` where the rule takes one number, in `unit`; TypeError for a window or none."""
        if not isinstance(self.value, float):
            raise TypeError(f"condition {self.name}: {self.op} has no single value")
        return self.value

    @property
    def window(self) -> tuple[float, float]:
        """`value` where the rule takes [low, high], in `unit`; TypeError otherwise."""
        if not isinstance(self.value, tuple):
            raise TypeError(f"condition {self.name}: {self.op} has no window")
        return self.value


class Indicator(_Row, frozen=True, kw_only=True):
    """One acceptance indicator of a direction.

    `id` is `5.2-01` for ours and `acme/leak-01` for a lab's own. `alternatives` is the letter of
    the set the indicator belongs to, or "". `nominal` and `failing` are true values of simulated
    devices by row, each in the unit of the row.
    """

    id: str
    direction: str
    name_en: str
    name_zh: str
    evidence: EvidenceKind
    criteria: tuple[Criterion, ...]
    method: str
    conditions: tuple[Condition, ...] = ()
    clause: str = ""
    alternatives: str = ""
    instruments: tuple[str, ...] = ()
    dut: str = ""
    model: str = ""
    nominal: dict[str, Truth] = {}
    failing: dict[str, Truth] = {}
    standard: str = ""
    note: str = ""

    @property
    def lab(self) -> str:
        """Name of the lab whose own indicator this is, "" for the guideline's."""
        return lab_of(self.id)

    @property
    def field(self) -> str:
        """Field of the guideline ("5" of "5.2-01"), or the lab's name."""
        return field_of(self.direction)

    def criterion(self, row: str) -> Criterion:
        """The criterion named `row`; KeyError where there is none."""
        for criterion in self.criteria:
            if criterion.row == row:
                return criterion
        raise KeyError(row)

    def condition(self, name: str) -> Condition | None:
        """The condition on this quantity or aspect, or None."""
        return next((c for c in self.conditions if c.name == name), None)


class Direction(_Row, frozen=True, kw_only=True):
    """A research direction with its indicators, in the order of the guideline."""

    id: str
    slug: str
    title_en: str
    title_zh: str
    kind: Literal["basic-research", "key-technology", "demonstration"]
    indicators: tuple[Indicator, ...]

    @property
    def field(self) -> str:
        """Field of the guideline ("5" of "5.2"), or the lab's name."""
        return field_of(self.id)


def lab_of(id: str) -> str:
    """The lab that qualifies an id ("acme" of "acme/leak-01"), or "" for the guideline's own."""
    return id.partition("/")[0] if "/" in id else ""


def field_of(direction: str) -> str:
    """The field a direction belongs to: its number before the dot, or the name of its lab."""
    return lab_of(direction) or direction.partition(".")[0]
