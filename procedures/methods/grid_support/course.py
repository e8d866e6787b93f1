"""The course of power about an event, from one record of the oscilloscope. Pure.

Event and answer are on one time base; nothing of the host's or a controller's clock enters.
"""

from __future__ import annotations

from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from drivers.roles.oscilloscope import Waveform
from labctl.errors import InstrumentError
from labctl.evidence import Accuracy
from procedures.analysis.cycle_power import cycle_power, frequency_of, spacing
from procedures.analysis.edges_of import rising_edges
from procedures.analysis.reactive import cycle_reactive
from rigs.scope_channels import CLAMP

Array = NDArray[np.float64]
Quantity = Literal["active", "reactive"]

STEP = 1e-3
"""Seconds between the points that are kept: the course is smooth over a cycle and a half."""

NEAR = 0.05
"""Seconds about the trigger in which the marker's edge must lie."""


class Course(msgspec.Struct, frozen=True):
    """What the site feeds in, in W or var, at times `STEP` apart from `begin` in s on, counted
    from the event; the grid's `frequency` in Hz after it, `sampling` in s of the record and the
    sheet's line of its `time_base`.

    Its scale is that of clamp and probe: a few percent.
    """

    begin: float
    values: tuple[float, ...]
    frequency: float
    sampling: float
    time_base: Accuracy | None = None

    @property
    def time(self) -> Array:
        """In s from the event, shape (n,)."""
        return self.begin + STEP * np.arange(len(self.values), dtype=np.float64)

    @property
    def array(self) -> Array:
        """In W or var, shape (n,)."""
        return np.array(self.values)


def course_of(voltage: Waveform, current: Waveform, marker: Waveform, what: Quantity) -> Course:
    """The course of `what` about the edge of `marker`.

    `InstrumentError` where a channel was clipped, the marker has no edge at the trigger, or there
    is no voltage after it: the grid was lost.
    """
    for record in (voltage, current):
        if record.clipped:
            raise _wrong(record, "the record is clipped", "set a larger span")
    time = voltage.time.values
    edges = rising_edges(marker.time.values, marker.voltage.values)
    edges = edges[np.abs(edges) < NEAR]
    if len(edges) == 0:
        raise _wrong(marker, "the marker has no edge at the trigger", "check its cable")
    event = float(edges[0])
    frequency = _frequency(voltage, time > event)
    power = cycle_power if what == "active" else cycle_reactive
    amperes = current.voltage.values / CLAMP
    centres, drawn = power(time, voltage.voltage.values, amperes, frequency)
    begin = float(np.ceil((centres[0] - event) / STEP) * STEP)
    kept = np.arange(begin, centres[-1] - event, STEP)
    # Drawn by the site is positive in the record; what it feeds in is its opposite.
    course = -np.interp(kept + event, centres, drawn)
    values = tuple(np.round(course, 2).tolist())
    return Course(begin, values, frequency, spacing(time), voltage.time.accuracy)


def _frequency(voltage: Waveform, after: NDArray[np.bool_]) -> float:
    level = voltage.voltage.values[after]
    lost = _wrong(voltage, "the grid was lost in mid-event", "see why the grid simulator went off")
    try:
        # A grid that is lost in mid-event leaves less than half of its peaks.
        if np.percentile(np.abs(level[len(level) // 2 :]), 90.0) < 0.5 * np.max(np.abs(level)):
            raise lost
        return frequency_of(voltage.time.values[after], level)
    except (ValueError, IndexError) as error:
        raise lost from error


def _wrong(record: Waveform, what: str, remedy: str) -> InstrumentError:
    return InstrumentError(what, address=record.voltage.address, remedy=remedy)
