"""Limits: what an instrument can do, and what its bench allows it."""

from __future__ import annotations

import math
from collections.abc import Mapping

from labctl.errors import LimitRefused

BenchLimits = Mapping[str, float]
"""The bench file's limits by name, in the unit that the driver's `limit_units` states."""


def refuse_outside(
    what: str, value: float, low: float, high: float, unit: str, *, address: str, command: str
) -> None:
    """`LimitRefused` where `value` is not a number from `low` to `high` (all in `unit`)."""
    if math.isfinite(value) and low <= value <= high:
        return
    raise LimitRefused(
        f"{what} {value:g} {unit} is outside {low:g}..{high:g} {unit}",
        address=address,
        command=command,
        remedy="ask for a value inside; an engineer may change the bench file's limits",
    )
