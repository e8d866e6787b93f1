"""From points of impedance to the arrays of a sweep."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from drivers.roles.arrays import ReadingArray
from drivers.roles.impedance_analyzer import ImpedancePoint, ImpedanceSweep
from labctl.evidence import Reading


def sweep(points: Sequence[ImpedancePoint]) -> ImpedanceSweep:
    """Arrays of shape (n,) of `points`, of which there is at least one.

    An array has one line of accuracy: that of the point with the largest limit of error in ohm. Far
    below it, measure point by point.
    """
    return ImpedanceSweep(
        np.array([point.frequency for point in points]),
        np.array([point.bias for point in points]),
        _array([point.resistance for point in points]),
        _array([point.reactance for point in points]),
    )


def _array(readings: Sequence[Reading]) -> ReadingArray:
    first = readings[0]
    worst = max(
        (one.accuracy for one in readings if one.accuracy is not None), key=lambda line: line.offset
    )
    values = np.array([one.value for one in readings])
    return ReadingArray(values, first.unit, first.t, first.utc, first.address, first.serial, worst)
