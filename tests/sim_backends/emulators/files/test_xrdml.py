"""A rocking curve, taken out of the XML."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from tests.sim_backends.emulators.files.written import SEEDS, SERIAL, first, truth

NS = "{http://www.xrdml.com/XRDMeasurement/1.5}"


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rocking_curve(seed: int) -> None:
    root = ET.fromstring(first("xrdml", seed))
    scan = root.find(f".//{NS}scan")
    assert scan is not None and scan.get("scanAxis") == "Omega"
    assert root.findtext(f".//{NS}instrumentID") == SERIAL
    (omega,) = [each for each in scan.iter(f"{NS}positions") if each.get("axis") == "Omega"]
    text = scan.findtext(f".//{NS}intensities") or ""
    counts = np.array([int(word) for word in text.split()])
    start, end = (float(omega.findtext(f"{NS}{name}Position") or "") for name in ("start", "end"))
    angle = np.radians(np.linspace(start, end, counts.size))
    floor = np.median(counts[:10])
    above = np.clip(counts - floor, 0, None)
    centre = (above * angle).sum() / above.sum()
    variance = (above * (angle - centre) ** 2).sum() / above.sum()
    width = math.sqrt(8.0 * math.log(2.0) * variance)
    known = truth("xrdml")
    beam = math.radians(12.0 / 3600.0)
    assert width == pytest.approx(math.hypot(known["width"], beam), rel=0.04)
    assert centre == pytest.approx(known["bragg_angle"], abs=math.radians(0.005))
