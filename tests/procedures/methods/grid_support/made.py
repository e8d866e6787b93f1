"""Readings and records of a site whose answer is known, made without a bench."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import cast

import numpy as np
from numpy.typing import NDArray

from drivers.roles.arrays import ReadingArray
from drivers.roles.oscilloscope import Waveform
from labctl.evidence import Accuracy, Reading
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.sample import Sample
from procedures.methods.grid_support.pcc import Seen
from procedures.methods.trace import Trace, trace
from rigs.current_transformer import CurrentTransformer
from rigs.power import PowerRig
from tests.procedures.fake_run import FakeRun

Array = NDArray[np.float64]
RATIO = 40.0
LINE = Accuracy("power", 300.0, "W", 1e-3, 0.15, "data sheet of a test")
CONTRIBUTIONS = {
    "transformer_phase": Quantity(0.0, "rad", 3e-4),
    "event_output_delay": Quantity(0.0, "s", 2e-4),
    "channel_skew": Quantity(0.0, "s", 2e-5),
    "frequency_fidelity": Quantity(0.0, "Hz", 3e-3),
}


def rig() -> PowerRig:
    """A rig of which only the transformer is there."""
    ratio = Quantity(RATIO, "dimensionless", 2e-4 * RATIO)
    transformer = CurrentTransformer("CT", ratio, "certificate")
    return cast(PowerRig, SimpleNamespace(current_transformer=transformer))


def run() -> Run:
    """A run whose bench states all contributions."""
    made = FakeRun(Sample("S-1", "ups_cluster"))
    made.contributions = dict(CONTRIBUTIONS)
    return made.run


def series(values: Sequence[float] | Array, unit: str = "W", line: Accuracy | None = LINE) -> Trace:
    """Readings 2 s apart, as the analyser tells them."""
    return trace([
        Reading(float(value), unit, 2.0 * index, 1.7e9 + 2.0 * index, "visa://a", "SIM-1", line)
        for index, value in enumerate(values)
    ])


def seen(drawn: float, reactive: float = 0.0, volts: float = 230.0, count: int = 6) -> Seen:
    """Steady readings of a site that draws `drawn` W and `reactive` var at the primary."""
    noise = np.random.default_rng(3).normal(0.0, 0.01, count)
    voltage = Accuracy("voltage", 300.0, "V", 1e-3, 0.15, "data sheet of a test")
    return Seen(
        series(drawn / RATIO + noise),
        series(reactive / RATIO + noise, "var"),
        series(volts + noise, "V", voltage),
    )


def waveform(time: Array, values: Array, *, clipped: bool = False) -> Waveform:
    """A channel's record."""
    seconds = ReadingArray(time, "s", 0.0, 1.7e9, "visa://s", "SIM-2")
    volts = ReadingArray(values, "V", 0.0, 1.7e9, "visa://s", "SIM-2")
    return Waveform(seconds, volts, clipped)
