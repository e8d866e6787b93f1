"""One record of the oscilloscope, and the course of the power in it.

The gains of probe and clamp are common to all of a record: they have no part in a time.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from drivers.roles.arrays import ReadingArray
from labctl.errors import InstrumentError
from labctl.evidence import Reading
from procedures.analysis.cycle_power import cycle_power, frequency_of, whole_mean
from procedures.analysis.edges_of import rising_edges
from procedures.analysis.step_crossing import Current, phase_of
from rigs.hybrid import HybridRig
from rigs.scope_channels import CLAMP, CURRENT, MARKER, VOLTAGE

Array = NDArray[np.float64]

KEPT = 60
"""Points of the course that are journalled."""


class Record(NamedTuple):
    """What the oscilloscope recorded: `time` in s with its sheet, voltages in V by channel."""

    time: ReadingArray
    voltage: Array
    current: Array
    marker: Array


async def read_record(rig: HybridRig) -> Record:
    """Three channels of the record; `InstrumentError` where one was clipped."""
    waves = [await rig.scope.waveform(channel) for channel in (VOLTAGE, CURRENT, MARKER)]
    if any(one.clipped for one in waves[:2]):
        raise InstrumentError(
            "voltage or current went beyond the oscilloscope's screen",
            address=rig.scope.address,
            remedy="look at the probe's ratio and the clamp's range",
        )
    return Record(waves[0].time, *(one.voltage.values for one in waves))


def course_of(record: Record) -> tuple[Array, Array]:
    """Seconds from the marker's edge and power in W out of the station over a sliding cycle, of
    all three phases, both shape (m,). `InstrumentError` without an edge."""
    time = _from_marker(record)
    amps = record.current / CLAMP
    centres, power = cycle_power(time, record.voltage, amps, frequency_of(time, record.voltage))
    # Positive into the station at the clamp.
    return centres, -3.0 * power


def current_of(record: Record) -> Current:
    """The current out of the station in A with its own time from the marker's edge, without the
    offset of its channel."""
    time, amps = _from_marker(record), -record.current / CLAMP
    frequency = frequency_of(time, record.voltage)
    centred = amps - whole_mean(time, amps, frequency)
    return Current(time, centred, frequency, phase_of(time, record.voltage, frequency))


def _from_marker(record: Record) -> Array:
    """Seconds from the marker's edge, shape (n,); `InstrumentError` where there is none."""
    time = np.asarray(record.time.values)
    edges = rising_edges(time, record.marker)
    if len(edges) == 0:
        raise InstrumentError(
            "the command marker is not in the record",
            address=record.time.address,
            remedy="connect the controller's marker output to channel 4",
        )
    return time - edges[0]


def cycle_of(record: Record) -> float:
    """Length in s of a cycle of the grid in `record`."""
    return 1.0 / frequency_of(np.asarray(record.time.values), record.voltage)


def thinned(time: ReadingArray, course: Array) -> list[Reading]:
    """Points of the course in W, as readings of the record's moment."""
    each = max(len(course) // KEPT, 1)
    return [
        Reading(float(watts), "W", time.t, time.utc, time.address, time.serial)
        for watts in course[::each]
    ]
