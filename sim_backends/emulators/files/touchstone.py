"""Network analyzer that writes Touchstone 1.1 (IBIS Open Forum, 2002), `.s2p`.

Option line `# GHz S DB R 50`; a line a frequency: S11, S21, S12, S22, each as dB and degrees, in
this order as the format orders two-ports. Who measured and which correction was in force stand in
comments (`!`), as analyzers write them. Left out: noise data, version 2 keywords, mixed mode.
Remembered figures: transmission within 0.05 dB and 0.5 degree, directivity 46 dB.
"""

from __future__ import annotations

import math

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.files.station import FileStation, Shot
from sim_backends.models.specimens.two_port import TwoPort

START, STOP, POINTS = 0.1e9, 8.0e9, 159
"""The sweep in Hz."""

ORDER = ((0, 0), (1, 0), (0, 1), (1, 1))
"""S11, S21, S12, S22."""

TRANSMISSION = Spec(range=100.0, gain=0.0, offset=0.05, noise=0.002)
PHASE = Spec(range=360.0, gain=0.0, offset=0.5, noise=0.02)
"""Errors of the transmission in dB and degrees."""

DIRECTIVITY = 10.0 ** (-46.0 / 20.0)
"""Largest residual reflection."""


class TouchstoneAnalyzer(FileStation):
    """An analyzer with the two-port in `port` between its cables."""

    suffix = ".s2p"

    def __init__(self, port: TwoPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._port = port
        self._level = Channel([TRANSMISSION], rng)
        self._phase = Channel([PHASE], rng)
        size, turn = rng.uniform(0.0, DIRECTIVITY, 2), rng.uniform(0.0, 2.0 * math.pi, 2)
        self._residual = size * np.exp(1.0j * turn)

    def document(self, shot: Shot) -> bytes:
        """One sweep."""
        frequency = np.linspace(START, STOP, POINTS)
        s = self._port.scattering(frequency, shot.t)
        lines = [*comments(shot), "# GHz S DB R 50"]
        for f, matrix in zip(frequency, s, strict=True):
            values = [self._told(matrix, i, j) for i, j in ORDER]
            lines.append(f"{f * 1e-9:.6f} " + " ".join(f"{a:.5f} {b:.4f}" for a, b in values))
        return ("\n".join(lines) + "\n").encode("ascii")

    def _told(self, matrix: np.ndarray, i: int, j: int) -> tuple[float, float]:
        """dB and degrees of S(i+1)(j+1) as the analyzer tells it."""
        value = complex(matrix[i, j])
        if i == j:
            value += complex(self._residual[i])
        level = 20.0 * math.log10(abs(value))
        angle = math.degrees(math.atan2(value.imag, value.real))
        if i == j:
            return level, angle
        return self._level.convert(level, 0), self._phase.convert(angle, 0)


def comments(shot: Shot) -> list[str]:
    """Lines before the option line."""
    return [
        f"! labctl,NA-8,{shot.serial},1.0",
        f"! Date: {shot.moment.isoformat()}",
        f"! Sample: {shot.sample}",
        "! Correction: SOLT, full two-port, ports 1 and 2",
        f"! Points: {POINTS}",
        "! Method: linear sweep, IF bandwidth 1 kHz, power -10 dBm",
    ]


EMULATOR = TouchstoneAnalyzer
