"""What an entry of the indicator map must fulfil beyond the types of its keys.

Each rule yields sentences of the form `key criteria[0] (cell_voltage): expected ...`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from labctl.indicator import Condition, Criterion, Indicator

RELATIVE = frozenset({
    "relative_loss",
    "relative_gain",
    "relative_change_magnitude",
    "relative_error",
    "relative_deviation",
    "relative_spread",
    "retention",
    "ratio_to_baseline",
    "speedup",
    "prediction_accuracy",
})
"""Figures that need `of` and `baseline`."""

NAME = re.compile(r"[a-z][a-z0-9_]*")
WINDOWS = ("between", "covers")


def problems(indicator: Indicator) -> Iterator[str]:
    """What is wrong with an indicator, in words; nothing when it is well formed."""
    if not indicator.criteria:
        yield "key criteria: expected at least one row"
    for index, criterion in enumerate(indicator.criteria):
        for text in _criterion(criterion):
            yield f"key criteria[{index}] ({criterion.row}): {text}"
    for index, condition in enumerate(indicator.conditions):
        for text in _condition(condition):
            yield f"key conditions[{index}] ({condition.name}): {text}"
    yield from _names(indicator)
    yield from _truth(indicator)


def _names(indicator: Indicator) -> Iterator[str]:
    rows = [criterion.row for criterion in indicator.criteria]
    names = [condition.name for condition in indicator.conditions]
    if len(set(rows)) != len(rows):
        yield f"key criteria: expected a key of its own for each row, got {', '.join(rows)}"
    if len(set(names)) != len(names):
        yield f"key conditions: expected each quantity or aspect once, got {', '.join(names)}"


def _truth(indicator: Indicator) -> Iterator[str]:
    rows = {criterion.row for criterion in indicator.criteria}
    for key, truth in (("nominal", indicator.nominal), ("failing", indicator.failing)):
        if indicator.evidence == "document" and truth:
            yield f"key {key}: a document indicator has no simulated truth"
        if indicator.evidence != "document" and set(truth) != rows:
            yield f"key {key}: expected the rows {', '.join(sorted(rows))}"


def _criterion(row: Criterion) -> Iterator[str]:
    yield from _spelling(row.quantity, row.key)
    if row.op == "present":
        if row.value is not None or row.unit:
            yield "present takes no value and no unit"
        return
    yield from _value(row)
    if row.upto is not None and not _upto_fits(row):
        yield "key upto: expected a number above value, with op >="
    if (row.tolerance is not None) != (row.op == "about"):
        yield "key tolerance: expected with about, and only there"
    if row.better and row.op != "about":
        yield "key better: expected with about only"
    if bool(row.statistic) != bool(row.over):
        yield "keys statistic and over: expected both or neither"
    if row.quantity in RELATIVE and not (row.of and row.baseline):
        yield "keys of and baseline: a relative figure needs both"


def _condition(row: Condition) -> Iterator[str]:
    if row.in_words:
        if not row.text or row.quantity or row.value is not None or row.unit:
            yield "expected aspect and text alone"
        return
    yield from _spelling(row.quantity)
    yield from _value(row)
    if row.tolerance is not None and not row.tolerance > 0:
        yield f"key tolerance: expected a number above 0, got {row.tolerance:g}"


def _spelling(*names: str) -> Iterator[str]:
    quantity, *keys = names
    for name in (quantity, *(key for key in keys if key)):
        if not NAME.fullmatch(name):
            yield f"expected a name in snake_case, got {name!r}"


def _value(row: Criterion | Condition) -> Iterator[str]:
    if not row.unit:
        yield "key unit: expected a unit (dimensionless where there is none)"
    wants_window = row.op in WINDOWS
    if wants_window and not (isinstance(row.value, tuple) and row.value[0] <= row.value[1]):
        yield "key value: expected [low, high] with low <= high"
    if not wants_window and not isinstance(row.value, float):
        yield "key value: expected one number"
    numbers = row.value if isinstance(row.value, tuple) else (row.value or 0.0,)
    if not all(math.isfinite(number) for number in numbers):
        yield "key value: expected finite numbers"


def _upto_fits(row: Criterion) -> bool:
    fits = isinstance(row.value, float) and row.upto is not None and row.upto > row.value
    return row.op == ">=" and fits
