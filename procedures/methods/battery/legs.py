"""Charges and discharges out of a cycler's log. Pure.

A cycler counts its charge with its own current and its own clock, so that charge over mean current
is the time that it counted, finer than the log prints it, and free of the current's error.
"""

from __future__ import annotations

from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

from drivers.roles.battery_cycler import CyclerRecord
from labctl.errors import Defect

Array = NDArray[np.float64]

NEAR = 3
"""Points at the end of a leg from which the slope of its voltage is taken."""


class Leg(msgspec.Struct, frozen=True):
    """One charge (`sign` 1) or discharge (-1) of `cycle`, as the cycler measured it.

    `seconds` counted; mean `current` in A (magnitude), mean `voltage` in V weighted by charge, and
    `slope` in s/V: time that the voltage took for each volt as the leg ended (magnitude).
    """

    cycle: int
    sign: int
    seconds: float
    current: float
    voltage: float
    slope: float


def legs_of(record: CyclerRecord) -> list[Leg]:
    """The charges and discharges of a log with whole steps, in their order; rests are left out."""
    parts = np.flatnonzero(np.diff(record.cycle) | np.diff(record.step)) + 1
    bounds = [0, *(int(part) for part in parts), len(record.index)]
    found = (_leg(record, slice(first, last)) for first, last in pairwise(bounds))
    return [one for one in found if one is not None]


def _leg(record: CyclerRecord, part: slice) -> Leg | None:
    current, time = record.current.values[part], record.time[part]
    if len(current) < 2 or abs(float(record.charge.values[part][-1])) == 0.0:
        return None
    charge = abs(float(record.charge.values[part][-1]))
    spans = np.diff(time)
    # The current that stood at a point is counted until the next one.
    mean = float(np.abs(current[:-1]) @ spans / spans.sum())
    voltage = record.voltage.values[part]
    return Leg(
        cycle=int(record.cycle[part][0]),
        sign=1 if float(np.mean(current)) > 0.0 else -1,
        seconds=charge / mean,
        current=mean,
        voltage=abs(float(record.energy.values[part][-1])) / charge,
        slope=_end_slope(time, voltage),
    )


def _end_slope(time: Array, voltage: Array) -> float:
    """Seconds per volt over the last points, by the two that lie apart; 0 where none do."""
    first = max(len(time) - NEAR, 0)
    volts = abs(float(voltage[-1] - voltage[first]))
    return float(time[-1] - time[first]) / volts if volts > 0.0 else 0.0


def of_sign(legs: list[Leg], sign: int) -> list[Leg]:
    """The charges (1) or discharges (-1) among `legs`; `Defect` where there is none."""
    found = [leg for leg in legs if leg.sign == sign]
    if not found:
        raise Defect(f"the log has no {'charge' if sign > 0 else 'discharge'}")
    return found
