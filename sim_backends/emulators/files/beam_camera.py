"""The camera of a beam profiler, whatever format its software writes.

A 16-bit area sensor without lens. Its software takes off the background, so that the floor of a
picture is 0; noise below it is cut off, as unsigned counts do. Remembered figures of such cameras:
pixel pitch known to 0.1 %, read noise 8 counts, shot noise of a full well of 20000 electrons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.files.station import Shot
from sim_backends.models.specimens.gaussian_beam import BeamProfilePort

MAKER, MODEL = "labctl", "BP-16 beam profiler"
ROWS, COLUMNS = 160, 200
PITCH = 20e-6
"""Pixel pitch in m as the software states it; the true one differs by its error."""

FULL, PEAK = 65535, 52000.0
"""Largest count, and the counts at the peak of the beam: the exposure is set so."""

FULL_WELL = 20000.0
"""Electrons at the largest count."""

READ_NOISE = 8.0
"""Standard deviation of the noise in the dark in counts."""

METHOD = "single frame, background subtracted (mean of 16 dark frames), no attenuator"
"""What the operator has set."""

EXPOSURE = 0.01
"""Exposure time in s."""

SCALE = Spec(range=1e-3, gain=0.001, offset=0.0)
"""Error of the pixel pitch."""


@dataclass(frozen=True, eq=False)
class Frame:
    """`counts`, shape (rows, columns), with what the software says about them as text."""

    counts: Any
    about: Mapping[str, str]


class BeamCamera:
    """The sensor and its errors, before the beam in `port`."""

    def __init__(self, port: BeamProfilePort, rng: np.random.Generator) -> None:
        self._port = port
        self._rng = rng
        self._pitch = Channel([SCALE], rng).convert(PITCH, 0)

    def frame(self, shot: Shot) -> Frame:
        """One exposure."""
        y, x = np.mgrid[0:ROWS, 0:COLUMNS]
        light = PEAK * self._port.profile((x + 0.5) * self._pitch, (y + 0.5) * self._pitch, shot.t)
        per_electron = FULL / FULL_WELL
        noise = np.sqrt(light * per_electron + READ_NOISE**2)
        counts = light + noise * self._rng.standard_normal(light.shape)
        return Frame(np.clip(np.rint(counts), 0, FULL).astype(np.uint16), about(shot))


def about(shot: Shot) -> dict[str, str]:
    """What stands beside the picture: who, when, of what, how."""
    return {
        "Make": MAKER,
        "Model": MODEL,
        "SerialNumber": shot.serial,
        "Sample": shot.sample,
        "DateTime": shot.moment.isoformat(),
        "ExposureTime": f"{EXPOSURE:g}",
        "Gain": "0 dB",
        "PixelPitch": f"{PITCH * 1e6:g} um",
        "Description": METHOD,
    }
