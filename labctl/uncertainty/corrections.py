"""Corrections of readings by the tables of a calibration certificate.

Between two points the correction and its uncertainty are interpolated on a straight line; how far
a curve through the points may leave that line is an error of its own, estimated from their second
differences. Outside the points there is no correction.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from labctl.calibration import Certificate, Table
from labctl.errors import UnitError
from labctl.evidence import Accuracy
from labctl.uncertainty.shapes import Draws, Shape, shape_of
from labctl.units import convert, convert_difference


@dataclass(frozen=True)
class Curve:
    """A table in the unit of the readings that it corrects.

    `readings` (shape (n,), ascending), `corrections` to be added to them, and `scales` of the
    unit distribution `shape` are in that unit; `bends` (shape (n - 1,)) are divided differences
    of the second order, in 1 / unit.
    """

    table: Table
    readings: Draws
    corrections: Draws
    scales: Draws
    bends: Draws
    shape: Shape

    def covers(self, values: Draws) -> NDArray[np.bool_]:
        """Which of the readings `values` lie between the first and the last point."""
        return (values >= self.readings[0]) & (values <= self.readings[-1])

    def correction(self, values: Draws) -> Draws:
        """What is to be added to readings `values`, shape (n,); 0 outside the points."""
        found = np.interp(values, self.readings, self.corrections)
        return np.where(self.covers(values), found, 0.0)

    def scale(self, values: Draws) -> Draws:
        """Scale of the correction's error for readings `values`, shape (n,); 0 outside."""
        return np.where(self.covers(values), np.interp(values, self.readings, self.scales), 0.0)

    def bend(self, values: Draws) -> Draws:
        """Limits of the error of the straight line between points, shape (n,); 0 outside.

        |f(x) - line| <= |f''| / 2 (x - a)(b - x) between the points a and b, and a second divided
        difference is half of f''.
        """
        if not len(self.bends):
            return np.zeros_like(values)
        last = len(self.readings) - 2
        left = np.clip(np.searchsorted(self.readings, values, side="right") - 1, 0, last)
        inside = (values - self.readings[left]) * (self.readings[left + 1] - values)
        return self.bends[left] * np.maximum(inside, 0.0)


def curve_for(certificate: Certificate, accuracy: Accuracy) -> Curve | None:
    """The curve of the table that stands for readings with the line `accuracy`; None without."""
    for table in certificate.tables:
        if table.function == accuracy.function and _same_range(table, accuracy):
            return curve_of(table, accuracy.unit)
    return None


def _same_range(table: Table, accuracy: Accuracy) -> bool:
    try:
        full = convert(table.range, table.unit, accuracy.unit)
    except UnitError:
        return False
    return math.isclose(full, accuracy.range, rel_tol=1e-3)


@lru_cache(maxsize=256)
def curve_of(table: Table, unit: str) -> Curve:
    """The curve of `table` in `unit`."""
    readings = np.array([convert(p.reading, table.unit, unit) for p in table.points])
    corrections = [convert_difference(p.correction, table.unit, unit) for p in table.points]
    scales = [convert_difference(p.expanded, table.unit, unit) / p.k for p in table.points]
    values = np.array(corrections)
    shape = shape_of(table.distribution, table.freedom)
    return Curve(table, readings, values, np.array(scales), _bends(readings, values), shape)


def _bends(x: Draws, y: Draws) -> Draws:
    """The larger second divided difference at the two ends of each interval, shape (n - 1,).

    Two points tell none: their table is taken as the straight line that it is.
    """
    if len(x) < 3:
        return np.zeros(0)
    slopes = np.diff(y) / np.diff(x)
    second = np.abs(np.diff(slopes) / (x[2:] - x[:-2]))
    return np.maximum(np.append(second, 0.0), np.insert(second, 0, 0.0))
