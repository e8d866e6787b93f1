"""The diffractometer's files: what their schema says they hold."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np

from sim_backends.emulators.files.rocking_diffractometer import (
    POINTS,
    SECONDS,
    RockingDiffractometer,
)
from sim_backends.models.wafer.rocking import InBeam, Reflection

ARCSEC = float(np.radians(1.0 / 3600.0))
SPACE = "{http://www.xrdml.com/XRDMeasurement/1.5}"


def beam() -> InBeam:
    film = Reflection(0.53, 70.0 * ARCSEC, 0.3, 0.0, 1e-3, 4e4, 40.0, 0.0, 7)
    return InBeam(film, Reflection(0.6, 4.0 * ARCSEC, 0.0, 0.0, 1e-3, 4e4, 40.0, 0.0, 1))


def last(port: InBeam, until: float) -> ElementTree.Element:
    station = RockingDiffractometer(port, serial="SIM-5", rng=np.random.default_rng(3))
    files: dict[str, bytes] = {}
    for t in np.arange(1.0, until + 1.0, 2.0):
        for piece in station.send(float(t)):
            files[piece.name] = files.get(piece.name, b"") + piece.data
    return ElementTree.fromstring(list(files.values())[-1])


def test_a_scan_is_of_what_lay_in_the_beam_when_it_began() -> None:
    port = beam()
    port.acted("beam/0", "W-0mm", 15.0)
    root = last(port, 55.0)
    assert root.findtext(f"{SPACE}sample/{SPACE}id") == "W-0mm"
    port.acted("beam/reference", "late", 70.0)
    assert last(port, 105.0).findtext(f"{SPACE}sample/{SPACE}id") == "late"


def test_counts_are_those_of_the_curve_with_a_dead_detector() -> None:
    port = beam()
    port.acted("beam/0", "W-0mm", 15.0)
    text = next(last(port, 55.0).iter(f"{SPACE}intensities")).text or ""
    counts = np.array([int(word) for word in text.split()])
    assert len(counts) == POINTS
    assert 0.93 < counts.max() / (4e4 * SECONDS) < 1.02
    assert counts[:20].mean() < 0.05 * counts.max()
