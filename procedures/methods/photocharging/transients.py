"""What an oscilloscope sees at the output when the load steps, reduced to its extremes. Pure."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from drivers.roles.oscilloscope import Waveform
from labctl.evidence import Reading

Array = NDArray[np.float64]

SMOOTHED = 32
"""Samples of the moving mean: far shorter than any recovery, and noise falls by its root."""


class Swing(msgspec.Struct, frozen=True):
    """Lowest and highest voltage in V of a record from its mean before, as readings."""

    low: Reading
    high: Reading


def smoothed(voltage: Array) -> Array:
    """Moving mean of `voltage` (V, shape (n,)) over `SMOOTHED` samples."""
    return np.convolve(voltage, np.full(SMOOTHED, 1.0 / SMOOTHED), mode="valid")


def swing(record: Waveform) -> Swing:
    """The extremes of `record`, taken with coupling AC, from its level before the trigger.

    The level before takes the offset of the input out; what the noise of single samples adds to an
    extreme is taken out by the moving mean.
    """
    level = record.voltage.values
    rest = float(np.mean(level[record.time.values < 0.0]))
    mean = smoothed(level) - rest
    source = record.voltage

    def reading(value: float) -> Reading:
        return Reading(
            value, "V", source.t, source.utc, source.address, source.serial, source.accuracy
        )

    return Swing(reading(float(mean.min())), reading(float(mean.max())))
