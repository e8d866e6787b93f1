"""Atomic force microscope for smooth surfaces that writes GWY: raw heights of 5 um x 5 um.

The file is that of sim_backends/emulators/files/gwy.py (Gwyddion user guide, "GWY file format").
The scanner has what theirs leaves out: true scales of z, x and y within its specification; a
sensitivity for excursions of a nanometre that differs from that for tens (creep and hysteresis of
the piezo); bow, and the tilt of each mounting; an offset of each line and its slow walk; lateral
drift from one picture to the next, which stretches the slow axis; noise of each pixel; a tip that
is blunter than its maker says. A parabolic tip of radius R that rides over gentle slopes reads
z + R |grad z|^2 / 2 (grey dilation by a parabola, to first order: J. Villarrubia, J. Res. NIST 102
(1997) 425, is the general one). Remembered figures: z 3 %, lateral 2 %, 0.03 nm rms noise as in
makers' data sheets of low-noise microscopes. Left out: feedback errors, ringing, double tips.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.files import gwy
from sim_backends.emulators.files.station import FileStation, Shot
from sim_backends.models.wafer.surface import Array, Grid
from sim_backends.models.wafer.under_tip import TipPort

MAKER, MODEL = "labctl", "AFM-2"
POINTS = 256
"""Rows and columns."""

WIDTH = 5e-6
"""Side of the field in m."""

TIP = 8e-9
"""Radius of a new tip in m, as its maker states it."""

BLUNT = (8e-9, 25e-9)
"""Range of the true radius in m."""

METHOD = "intermittent contact, trace, 6.4 Hz, raw heights"
Z_SCALE = Spec(range=5e-6, gain=0.03, offset=0.0)
XY_SCALE = Spec(range=100e-6, gain=0.02, offset=0.0)
"""Errors of the piezo scanner in m."""

SMALL = 0.01
TENS = 2e-8
"""Deviation of the sensitivity for a nanometre against that for large steps, and the excursion in m
at which it has faded to a third."""

NOISE, LINE, WALK = 3e-11, 6e-11, 1e-11
"""Deviations in m: of a pixel, of a line's offset, of the walk from line to line."""

BOW, TILT = 3e-9, 2e-8
"""Deviations in m over the field: of the scanner's bow, of the tilt of a mounting."""

DRIFT = 0.5e-9
"""Deviation of the lateral drift in m/s; it changes by a tenth from picture to picture."""


class ForceMicroscope(FileStation):
    """A microscope above the surface in `port`."""

    suffix = ".gwy"
    lasting = 40.0

    def __init__(self, port: TipPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._port = port
        self._z = Channel([Z_SCALE], rng).convert(1.0, 0)
        self._x, self._y = (Channel([XY_SCALE], rng).convert(1.0, 0) for _ in "xy")
        self._small = SMALL * float(rng.standard_normal())
        self._bow = BOW * rng.standard_normal(2)
        self._drift = DRIFT * rng.standard_normal(2)
        self._moved, self._since = np.zeros(2), 0.0
        self._tip = float(rng.uniform(*BLUNT))

    def document(self, shot: Shot) -> bytes:
        """One picture of what lay under the tip when it began."""
        begun = shot.t - self.lasting
        heights = self._scan(begun)
        named = replace(shot, sample=self._port.label(begun))
        field = gwy.integer("xres", POINTS) + gwy.integer("yres", POINTS)
        field += gwy.double("xreal", WIDTH) + gwy.double("yreal", WIDTH)
        field += gwy.unit("si_unit_xy", "m") + gwy.unit("si_unit_z", "m")
        field += gwy.doubles("data", heights)
        about = gwy.texts(self._meta(named))
        items = gwy.component("/0/data", b"o", gwy.named("GwyDataField", field))
        items += gwy.text("/0/data/title", "Height")
        items += gwy.component("/0/meta", b"o", gwy.named("GwyContainer", about))
        return b"GWYP" + gwy.named("GwyContainer", items)

    def _meta(self, shot: Shot) -> dict[str, str]:
        told = {"Instrument": f"{MAKER} {MODEL}", "Manufacturer": MAKER, "Model": MODEL}
        told |= {"Method": METHOD, "Tip radius": f"{TIP * 1e9:g} nm"}
        return gwy.meta(shot) | told

    def _scan(self, t: float) -> Array:
        """Heights in m, shape (rows, columns), of what lay there at `t` in s."""
        rng = self.rng
        drift = self._drift * (1.0 + 0.1 * rng.standard_normal(2))
        stretch = 1.0 + float(drift[1]) * self.lasting / WIDTH
        pitch = WIDTH / POINTS
        self._moved += drift * (t - self._since)
        self._since = t
        shift = (float(self._moved[0]), float(self._moved[1]))
        grid = Grid(POINTS, POINTS, pitch * self._x, pitch * self._y * stretch, shift)
        true = self._port.heights(grid, t)
        down, across = np.gradient(true, grid.pitch_y, grid.pitch_x)
        true = true + 0.5 * self._tip * np.minimum(down**2 + across**2, 1.0)
        creep = 1.0 + self._small * float(np.exp(-np.ptp(true) / TENS))
        return self._z * (creep * true + self._background()) + self._noise()

    def _background(self) -> Array:
        """Bow and tilt in m."""
        y, x = np.mgrid[0:POINTS, 0:POINTS] / POINTS - 0.5
        tilt = TILT * self.rng.standard_normal(2)
        bow = 4.0 * (self._bow[0] * x**2 + self._bow[1] * y**2)
        return bow + tilt[0] * x + tilt[1] * y

    def _noise(self) -> Array:
        """Noise of pixels and lines in m."""
        rng = self.rng
        line = LINE * rng.standard_normal(POINTS) + np.cumsum(WALK * rng.standard_normal(POINTS))
        return NOISE * rng.standard_normal((POINTS, POINTS)) + line[:, None]


EMULATOR = ForceMicroscope
