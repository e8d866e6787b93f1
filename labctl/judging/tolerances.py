"""Tolerances of set points: agreed, else stated in the row, else the defaults of the map."""

from __future__ import annotations

import re

from labctl.agreement import Agreement, Tolerance
from labctl.errors import UnitError
from labctl.indicator import Condition, Criterion
from labctl.units import convert_difference, is_count, is_level, is_temperature, same_dimension

SHARE_OF_VALUE = 0.02
"""Default of a set point: 2 % of the value."""

TEMPERATURE = 2.0
"""Default of a temperature, in kelvin."""

LEVEL = 0.5
"""Default of a level, in dB."""

HUMIDITY = 5.0
"""Default of a relative humidity, in % RH."""

EXPOSURE = re.compile(r"(^|_)(duration|cycles|cycle_number|dose)$")
"""Quantities that are exposures under `==`: the figure is read at the value."""


def is_exposure(condition: Condition) -> bool:
    """Whether the condition is an amount to be run through rather than a point to be held."""
    return condition.op == "==" and EXPOSURE.search(condition.quantity) is not None


def tolerance_at(
    indicator: str, condition: Condition, point: float, agreement: Agreement
) -> float | None:
    """Half-width around `point`, in the unit of the condition; None where none is agreed.

    None comes only at a zero point without a stated tolerance. `UnitError` on an agreed tolerance
    whose unit does not fit.
    """
    agreed = agreement.tolerance_of(indicator, condition)
    if agreed is not None:
        return half_width(agreed, point, condition.unit)
    if condition.tolerance is not None:
        return condition.tolerance
    return _default(condition, point)


def about_tolerance(indicator: str, criterion: Criterion, agreement: Agreement) -> float:
    """Half-width of an `about` row in its unit: agreed, else the row's."""
    agreed = agreement.about_of(indicator, criterion)
    if agreed is not None:
        return half_width(agreed, criterion.number, criterion.unit)
    return criterion.tolerance or 0.0


def half_width(tolerance: Tolerance, point: float, unit: str) -> float:
    """A tolerance as a difference in `unit`; `%` is a share of `point` where the unit is no ratio.

    `UnitError` where the dimensions differ.
    """
    if tolerance.unit == "%" and not same_dimension(unit, "%"):
        return abs(point) * tolerance.value / 100.0
    try:
        return convert_difference(tolerance.value, tolerance.unit, unit)
    except UnitError as error:
        raise UnitError(f"the agreed tolerance does not fit: {error.message}") from error


def _default(condition: Condition, point: float) -> float | None:
    unit = condition.unit
    if is_count(unit):
        return 0.0
    if is_temperature(unit):
        return convert_difference(TEMPERATURE, "K", unit)
    if is_level(unit):
        return LEVEL
    if condition.quantity.endswith("humidity") and same_dimension(unit, "%"):
        return convert_difference(HUMIDITY, "%", unit)
    return SHARE_OF_VALUE * abs(point) or None
