"""A camera on a motorised carriage behind the focusing mirror of a beam bench.

Each pixel integrates the light over its area, which widens the picture by the variance of a pixel,
1/12 of its pitch squared. The software sets the exposure for each picture; the pedestal, its
shading and the hot pixels stay in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from sim_backends.data import beam as data
from sim_backends.models.beam_shutter import BeamShutter
from sim_backends.models.imaging.photograph import FULL, Photograph
from sim_backends.models.laser_beam import LaserBeam, Order, profile, width
from sim_backends.models.linear_axis import AxisPort
from sim_backends.models.noise import Drift
from sim_backends.streams import stream

Array = NDArray[np.float32]

PIXEL = 16.0 / 12.0
"""What a pixel's own width adds to the square of a width D4sigma, in pixels squared."""

REACH = 1.6
"""Beam widths from the middle to where nothing is computed any more: 3e-9 of the peak."""

METHOD = "single frame, raw counts, no background taken off, band-pass filter on"


@dataclass(frozen=True, slots=True)
class FocusErrors:
    """What no picture tells: `pitch` and `focal` true over stated, `plane` in m by which the focal
    plane lies farther along the stage than adjusted; `x` and `y` in m of the beam on the sensor."""

    pitch: float
    focal: float
    plane: float
    x: float
    y: float


class FocusCamera:
    """Sees `beam` behind `shutter` from where `carriage` stands; fits `PicturePort`.

    `chosen` is the order that the filter lets through.
    """

    technique = "light"

    def __init__(
        self,
        beam: LaserBeam,
        carriage: AxisPort,
        shutter: BeamShutter,
        errors: FocusErrors,
        *,
        seed: int,
        t0: float,
    ) -> None:
        self.chosen = 0
        self._beam, self._carriage, self._shutter = beam, carriage, shutter
        self._errors = errors
        self._rng = stream(seed, "beam", "pictures")
        self._breath = Drift(
            data.BREATHING, data.BREATHING_TIME, 10.0, stream(seed, "beam", "breathing"), t0
        )
        self._hot = _hot(stream(seed, "beam", "sensor"))

    def picture(self, t: float) -> Photograph:
        """The beam as it stands, or the dark."""
        light, exposure = self._light(t)
        shot = np.sqrt(light * np.float32(FULL / data.FULL_WELL) + np.float32(data.READ_NOISE**2))
        noise = self._rng.standard_normal(light.shape, dtype=np.float32)
        counts = light + shot * noise
        counts += np.float32(data.WANDER * self._rng.standard_normal())
        counts += np.linspace(0.0, data.SHADING, data.ROWS, dtype=np.float32)[:, None]
        counts += np.float32(data.PEDESTAL)
        places, more = self._hot
        counts.reshape(-1)[places] += more
        whole = np.clip(np.rint(counts), 0, FULL).astype(np.uint16)
        return Photograph(
            whole, data.PITCH, exposure, self.technique, "labctl", "FC-5 focus camera", METHOD
        )

    def _light(self, t: float) -> tuple[Array, float]:
        """Counts by the beam, shape (rows, columns), and the exposure in s."""
        light = np.zeros((data.ROWS, data.COLUMNS), dtype=np.float32)
        miss, jitter_x, jitter_y, x, y = self._rng.standard_normal(5).tolist()
        breath = 1.0 + self._breath.at(t)
        if not self._shutter.passes(t):
            return light, data.EXPOSURE
        order = self._beam.orders[self.chosen]
        behind = self._behind()
        wide, high = (
            width(axis, order.wavelength, data.FOCAL * self._errors.focal, behind)
            * (breath + data.JITTER * off)
            for axis, off in ((order.x, jitter_x), (order.y, jitter_y))
        )
        at = (
            self._errors.x + data.POINTING * x * data.FOCAL,
            self._errors.y + data.POINTING * y * data.FOCAL,
        )
        self._shine(light, order, wide, high, at)
        exposure = data.EXPOSURE * wide * high / 1e-8
        light *= np.float32(data.PEAK * (1.0 + data.EXPOSING * miss) / float(light.max()))
        return light, min(exposure, 1.0)

    def _behind(self) -> float:
        """Where the sensor stands, in m behind the mirror."""
        focal = data.FOCAL * self._errors.focal
        return focal + self._carriage.position(0.0) - data.PLANE - self._errors.plane

    def _shine(
        self, light: Array, order: Order, wide: float, high: float, at: tuple[float, float]
    ) -> None:
        """Put the beam of widths `wide` and `high` in m at `at` in m from the middle."""
        pitch = data.PITCH * self._errors.pitch
        reach = REACH * max(wide, high) / pitch
        rows, columns = (
            np.arange(max(int(middle - reach), 0), min(int(middle + reach) + 1, count))
            for middle, count in (
                (0.5 * data.ROWS + at[1] / pitch, data.ROWS),
                (0.5 * data.COLUMNS + at[0] / pitch, data.COLUMNS),
            )
        )
        if not rows.size or not columns.size:
            return
        turn_x, turn_y = cos(order.azimuth), sin(order.azimuth)
        x = ((columns + 0.5 - 0.5 * data.COLUMNS) * pitch - at[0]).astype(np.float32)
        y = ((rows + 0.5 - 0.5 * data.ROWS) * pitch - at[1]).astype(np.float32)[:, None]
        along: Array = (turn_x * x + turn_y * y).astype(np.float32)
        across: Array = (turn_x * y - turn_y * x).astype(np.float32)
        wide, high = (sqrt(size**2 + PIXEL * pitch**2) for size in (wide, high))
        seen = profile(order.x, along, wide) * profile(order.y, across, high)
        light[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] = seen


def _hot(rng: np.random.Generator) -> tuple[NDArray[np.int64], Array]:
    """Places of hot pixels in the whole picture, and the counts that each has more."""
    count = int(data.HOT * data.ROWS * data.COLUMNS)
    places = rng.choice(data.ROWS * data.COLUMNS, count, replace=False)
    return places, rng.uniform(100.0, data.HOTTEST, count).astype(np.float32)
