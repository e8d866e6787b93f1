"""Diffractometer that writes rocking curves as XRDML, by the schema XRDMeasurement 1.5.

The file is that of sim_backends/emulators/files/xrdml.py; what that emulator leaves out is here:
the length of the scan is what its operator chose, the true width of the beam differs from
instrument to instrument, and the detector has a dead time (non-paralysable: of a rate r it counts
r / (1 + r T); G. Knoll, Radiation Detection and Measurement, 4th ed., 4.VII). Remembered figures:
beams of 10 to 14 arcsec behind four crystals of Ge(220), dead times of 0.3 to 0.5 us of a fast
counter. Left out: attenuators, drift of the tube, interpolation of the encoder.
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta
from xml.sax.saxutils import escape

import numpy as np

from sim_backends.emulators.accuracy import Channel
from sim_backends.emulators.files.early_station import EarlyStation
from sim_backends.emulators.files.station import Shot
from sim_backends.emulators.files.xrdml import NAMESPACE, OMEGA, header, optics, wavelengths
from sim_backends.models.wafer.rocking import BeamPort

POINTS = 301
"""Points of a scan."""

SECONDS = 0.1
"""Counting time of a point in s."""

BEAM = (10.0, 14.0)
"""Range of the beam's true width in arcsec (full width at half maximum)."""

DEAD, DEAD_SPREAD = 4e-7, 5e-8
"""Mean and deviation of the dead time in s."""


class RockingDiffractometer(EarlyStation):
    """A diffractometer with what is in `port`."""

    suffix = ".xrdml"
    lasting = POINTS * SECONDS

    def __init__(self, port: BeamPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._port = port
        self._omega = Channel([OMEGA], rng)
        self._beam = math.radians(float(rng.uniform(*BEAM)) / 3600.0)
        self._dead = DEAD + DEAD_SPREAD * float(rng.standard_normal())

    def document(self, shot: Shot) -> bytes:
        """One rocking curve of what was in the beam when it began."""
        begun = shot.t - self.lasting
        crystal, span = self._port.reflection(begun), self._port.span(begun)
        middle = round(math.degrees(crystal.bragg), 3)
        told = np.radians(np.linspace(middle - 0.5 * span, middle + 0.5 * span, POINTS))
        true = np.array([self._omega.convert(float(each), 0) for each in told])
        true += math.radians(middle) - self._omega.convert(math.radians(middle), 0)
        rate = crystal.floor + crystal.peak * crystal.shape(true - crystal.bragg, self._beam)
        counts = self.rng.poisson(SECONDS * rate / (1.0 + rate * self._dead))
        named = replace(shot, sample=self._port.label(begun))
        return page(named, middle, span, counts).encode("utf-8")


def page(shot: Shot, middle: float, span: float, counts: np.ndarray) -> str:
    """The document; `middle` and `span` of omega in degrees."""
    end = shot.moment + timedelta(seconds=POINTS * SECONDS)
    name = escape(shot.sample)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xrdMeasurements xmlns="{NAMESPACE}" status="Completed">',
        f'  <sample type="To be analyzed"><id>{name}</id><name>{name}</name></sample>',
        '  <xrdMeasurement measurementType="Scan" status="Completed">',
        "    <comment>",
        "      <entry>Method: omega scan, rocking curve</entry>",
        "      <entry>Configuration: four-crystal Ge(220), open detector</entry>",
        "    </comment>",
        *wavelengths(),
        *optics(),
        '    <scan appendNumber="0" mode="Continuous" scanAxis="Omega" status="Completed">',
        *header(shot, end),
        "      <dataPoints>",
        *axis("2Theta", f"<commonPosition>{2.0 * middle:.6f}</commonPosition>"),
        *axis(
            "Omega",
            f"<startPosition>{middle - 0.5 * span:.6f}</startPosition>"
            f"<endPosition>{middle + 0.5 * span:.6f}</endPosition>",
        ),
        f'        <commonCountingTime unit="seconds">{SECONDS:.3f}</commonCountingTime>',
        f'        <intensities unit="counts">{" ".join(map(str, counts))}</intensities>',
        "      </dataPoints>",
        "    </scan>",
        "  </xrdMeasurement>",
        "</xrdMeasurements>",
    ]
    return "\n".join(lines) + "\n"


def axis(name: str, positions: str) -> list[str]:
    """Where the axis `name` was, in degrees."""
    return [f'        <positions axis="{name}" unit="deg">{positions}</positions>']


EMULATOR = RockingDiffractometer
