"""Diffractometer that writes XRDML, by the schema XRDMeasurement 1.5 (PANalytical).

An omega scan (rocking curve) at a fixed 2theta with Cu K-alpha1, a four-crystal Ge(220)
monochromator and an open point detector. The schema itself is the maker's; element names are those
of published files. The serial number stands in `instrumentID`, as the real one's does. Counts are
Poisson draws; the beam's own width of 12 arcsec widens the curve, as on the real instrument. Left
out: maps, attenuators, the wavelengths' spread. Remembered figures: goniometer within 0.001 degree
and 0.01 %.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.files.station import FileStation, Shot
from sim_backends.models.specimens.crystal import CrystalPort

NAMESPACE = "http://www.xrdml.com/XRDMeasurement/1.5"
K_ALPHA_1, K_ALPHA_2, K_BETA = 1.5405980, 1.5444260, 1.3922500
"""Wavelengths of copper in Angstrom."""

POINTS, SPAN = 161, 0.16
"""Points of the scan and its length in degrees."""

SECONDS = 0.25
"""Counting time of a point in s."""

BEAM = math.radians(12.0 / 3600.0)
"""Width of the beam in rad (full width at half maximum)."""

OMEGA = Spec(range=2.0 * math.pi, gain=1e-4, offset=math.radians(0.001))
"""Error of the goniometer in rad."""


class XrdmlDiffractometer(FileStation):
    """A diffractometer with the crystal in `port`."""

    suffix = ".xrdml"
    lasting = POINTS * SECONDS

    def __init__(self, port: CrystalPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._port = port
        self._omega = Channel([OMEGA], rng)

    def document(self, shot: Shot) -> bytes:
        """One rocking curve about the peak."""
        middle = round(math.degrees(self._port.bragg), 3)
        told = np.linspace(middle - 0.5 * SPAN, middle + 0.5 * SPAN, POINTS)
        true = np.array([self._omega.convert(math.radians(each), 0) for each in told])
        counts = self.rng.poisson(SECONDS * self._port.rate(true, BEAM, shot.t))
        return page(shot, middle, counts).encode("utf-8")


def page(shot: Shot, middle: float, counts: np.ndarray) -> str:
    """The document; `middle` is omega in degrees."""
    end = shot.moment + timedelta(seconds=POINTS * SECONDS)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xrdMeasurements xmlns="{NAMESPACE}" status="Completed">',
        '  <sample type="To be analyzed">',
        f"    <id>{escape(shot.sample)}</id>",
        f"    <name>{escape(shot.sample)}</name>",
        "  </sample>",
        '  <xrdMeasurement measurementType="Scan" status="Completed">',
        "    <comment>",
        "      <entry>Method: omega scan, rocking curve</entry>",
        "      <entry>Configuration: four-crystal Ge(220), open detector</entry>",
        "    </comment>",
        *wavelengths(),
        *optics(),
        '    <scan appendNumber="0" mode="Continuous" scanAxis="Omega" status="Completed">',
        *header(shot, end),
        *data_points(middle, counts),
        "    </scan>",
        "  </xrdMeasurement>",
        "</xrdMeasurements>",
    ]
    return "\n".join(lines) + "\n"


def wavelengths() -> list[str]:
    """What was used."""
    return [
        '    <usedWavelength intended="K-Alpha 1">',
        f'      <kAlpha1 unit="Angstrom">{K_ALPHA_1:.7f}</kAlpha1>',
        f'      <kAlpha2 unit="Angstrom">{K_ALPHA_2:.7f}</kAlpha2>',
        f'      <kBeta unit="Angstrom">{K_BETA:.7f}</kBeta>',
        "      <ratioKAlpha2KAlpha1>0.0000</ratioKAlpha2KAlpha1>",
        "    </usedWavelength>",
    ]


def optics() -> list[str]:
    """Beam paths before and behind the sample."""
    return [
        "    <incidentBeamPath>",
        '      <radius unit="mm">320.00</radius>',
        '      <xRayTube name="LFF Cu/Cr">',
        '        <tension unit="kV">45</tension>',
        '        <current unit="mA">40</current>',
        "        <anodeMaterial>Cu</anodeMaterial>",
        "      </xRayTube>",
        '      <monochromator name="4xGe220">',
        "        <crystal>Ge</crystal>",
        '        <hklReflection unit="hkl"><h>2</h><k>2</k><l>0</l></hklReflection>',
        "      </monochromator>",
        '      <divergenceSlit name="Fixed 1/2 deg"><angle unit="deg">0.5</angle></divergenceSlit>',
        "    </incidentBeamPath>",
        "    <diffractedBeamPath>",
        '      <radius unit="mm">320.00</radius>',
        '      <detector name="Proportional counter, open"/>',
        "    </diffractedBeamPath>",
    ]


def header(shot: Shot, end: datetime) -> list[str]:
    """Times and the instrument."""
    return [
        "      <header>",
        f"        <startTimeStamp>{shot.moment.isoformat()}</startTimeStamp>",
        f"        <endTimeStamp>{end.isoformat()}</endTimeStamp>",
        "        <author><name>operator</name></author>",
        "        <source>",
        '          <applicationSoftware version="5.5">labctl XD-1 Data Collector'
        "</applicationSoftware>",
        '          <instrumentControlSoftware version="1.0">XD-1</instrumentControlSoftware>',
        f"          <instrumentID>{escape(shot.serial)}</instrumentID>",
        "        </source>",
        "      </header>",
    ]


def data_points(middle: float, counts: np.ndarray) -> list[str]:
    """Angles in degrees about `middle`, and the counts."""
    return [
        "      <dataPoints>",
        '        <positions axis="2Theta" unit="deg">',
        f"          <commonPosition>{2.0 * middle:.6f}</commonPosition>",
        "        </positions>",
        '        <positions axis="Omega" unit="deg">',
        f"          <startPosition>{middle - 0.5 * SPAN:.6f}</startPosition>",
        f"          <endPosition>{middle + 0.5 * SPAN:.6f}</endPosition>",
        "        </positions>",
        '        <positions axis="Phi" unit="deg">',
        "          <commonPosition>0.000</commonPosition>",
        "        </positions>",
        f'        <commonCountingTime unit="seconds">{SECONDS:.3f}</commonCountingTime>',
        f'        <intensities unit="counts">{" ".join(map(str, counts))}</intensities>',
        "      </dataPoints>",
    ]


EMULATOR = XrdmlDiffractometer
