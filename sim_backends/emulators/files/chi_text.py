"""CH Instruments potentiostat whose software writes a cyclic voltammogram as text.

The layout is that of the CHI software's "Convert to Text" and of other parties' readers of it: date
and time, technique, file, parameters as `name = value`, results a segment, the row
`Potential/V, Current/A`, an empty line, then `potential, current` a line. The current has the sign
that the software is delivered with, cathodic positive (remembered; the file does not say so). The
format has no place for a serial number: the operator's `Note:` holds it, `Header:` the sample.
Left out: other techniques, charge and time columns. Remembered figures: potential within 1 mV,
current within 0.2 % of reading and 0.1 % of range.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.files.notes import instrument
from sim_backends.emulators.files.station import FileStation, Shot
from sim_backends.models.reference.electrochemical_port import ElectrochemicalPort

INITIAL, HIGH, LOW = 0.0, 0.5, 0.0
"""Potentials of the sweep in V."""

RATE, STEP, SEGMENTS = 0.05, 0.001, 2
"""Scan rate in V/s, sample interval in V, segments: up and down."""

QUIET = 2.0
"""Quiet time in s before the sweep."""

SENSITIVITY = 1e-5
"""A/V; the range is 10 V of it."""

POTENTIAL = Spec(range=10.0, gain=0.0, offset=1e-3)
CURRENT = Spec(range=1e-5, gain=0.002, offset=1e-8, noise=1e-9)
"""Errors in V and A."""


@dataclass(frozen=True)
class Sample:
    """A point: `segment` from 1, `potential` in V as set, `current` in A as told."""

    segment: int
    potential: float
    current: float


class ChiPotentiostat(FileStation):
    """A potentiostat on the cell in `port`."""

    suffix = ".txt"
    lasting = QUIET + SEGMENTS * (HIGH - LOW) / RATE

    def __init__(self, port: ElectrochemicalPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._port = port
        self._potential = Channel([POTENTIAL], rng)
        self._current = Channel([CURRENT], rng)
        self.notes = instrument("CH Instruments", "CHI660E", serial, polarity="cathodic")

    def document(self, shot: Shot) -> bytes:
        """One voltammogram."""
        points = list(self._sweep(shot.t - self.lasting))
        rows = [f"{each.potential:.3f}, {each.current:.3e}" for each in points]
        lines = [*head(shot), *results(points), "", "Potential/V, Current/A", "", *rows]
        return ("\r\n".join(lines) + "\r\n").encode("ascii")

    def _sweep(self, t: float) -> Iterator[Sample]:
        """The cell at the end of each sample interval, from run time `t` in s on; it rests
        before and after."""
        self._port.current(self._potential.convert(INITIAL, 0), t)
        t += QUIET
        for index, (segment, potential) in enumerate(ramp()):
            true = self._potential.convert(potential, 0)
            anodic = self._port.current(true, t + index * STEP / RATE)
            yield Sample(segment, potential, -self._current.convert(anodic, 0))
        self._port.disconnect(t + (SEGMENTS * (HIGH - LOW) + STEP) / RATE)


def ramp() -> Iterator[tuple[int, float]]:
    """(segment, potential in V) of every point."""
    count = round((HIGH - LOW) / STEP)
    yield from ((1, LOW + STEP * i) for i in range(count + 1))
    yield from ((2, HIGH - STEP * i) for i in range(1, count + 1))


def head(shot: Shot) -> list[str]:
    """Lines before the results."""
    parameters = {
        "Init E (V)": f"{INITIAL:g}",
        "High E (V)": f"{HIGH:g}",
        "Low E (V)": f"{LOW:g}",
        "Init P/N": "P",
        "Scan Rate (V/s)": f"{RATE:g}",
        "Segment": str(SEGMENTS),
        "Sample Interval (V)": f"{STEP:g}",
        "Quiet Time (sec)": f"{QUIET:g}",
        "Sensitivity (A/V)": f"{SENSITIVITY:.0e}",
    }
    return [
        f"{shot.moment:%b. %d, %Y   %H:%M:%S}",
        "Cyclic Voltammetry",
        f"File: {shot.stem}.bin",
        "Data Source: Experiment",
        "Instrument Model:  CHI660E",
        f"Header: {shot.sample}",
        f"Note: {shot.serial}",
        "",
        *(f"{name} = {value}" for name, value in parameters.items()),
        "",
    ]


def results(points: list[Sample]) -> list[str]:
    """Potential and height of the largest current of each segment, baseline 0."""
    lines = ["Results:", "", "Channel 1:"]
    for segment in range(1, SEGMENTS + 1):
        own = [each for each in points if each.segment == segment]
        peak = max(own, key=lambda each: abs(each.current))
        lines += [
            f"Segment {segment}:",
            f"Ep = {peak.potential:.3f}V",
            f"ip = {peak.current:.3e}A",
        ]
    return lines


EMULATOR = ChiPotentiostat
