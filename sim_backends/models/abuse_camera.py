"""The event camera before a test bed: a frame each second, two hundred in a storyboard.

Its recorder writes the last `FRAMES` frames one below another into one picture, the newest last, so
that no second is missed. In the field stand the bed with its cells, and a lamp that changes each
second: who sees it change knows that the camera looks, and looks now. Smoke veils what is behind
it, a flame saturates the sensor, a burst case is no more where it was. Grey, 16 bits.
"""

from __future__ import annotations

import numpy as np

from sim_backends.models.abuse_bed import AbuseBed
from sim_backends.models.imaging.photograph import FULL, Photograph
from sim_backends.models.vent_gas import Row

FRAMES, ROWS, COLUMNS = 200, 12, 16
"""Frames of a storyboard, one a second; rows and columns of a frame."""

GROUND, CASE, LAMP_ON, LAMP_OFF, HAZE, FLASH = 6000.0, 14000.0, 42000.0, 3000.0, 9000.0, 60000.0
"""Counts of the wall behind, of the case, of the lamp, of lit smoke and of a bursting cell."""

CASE_AT = (slice(7, 11), slice(5, 11))
LAMP_AT = (slice(1, 3), slice(1, 3))
FLAME_AT = (slice(2, 7), slice(6, 11))
"""Rows and columns of each."""

VEIL = 0.08
"""Optical depth of a mole of smoke in the room, from camera to bed; assumed."""

PER_ELECTRON, READ_NOISE = 2.0, 60.0
"""Counts of an electron, and standard deviation of the read noise in counts; assumed."""

PITCH, EXPOSURE = 12e-3, 0.02
"""Of a pixel at the bed in m, and of a frame in s."""


class EventCamera:
    """The camera before `bed`; fits `PicturePort`."""

    technique = "light"

    def __init__(self, bed: AbuseBed, rng: np.random.Generator) -> None:
        self._bed, self._rng = bed, rng

    def picture(self, t: float) -> Photograph:
        """The storyboard of the seconds that end at `t`."""
        times = np.arange(FRAMES + 1, dtype=np.float64) + (t - FRAMES)
        before, *rows = self._bed.rows(times)
        frames = self._lit(times[1:])
        for number, row in enumerate(rows):
            if row is not rows[0] or row.burning or row.burst or row.smoke > 0.0:
                self._happen(frames[number], row, row.burst and not before.burst)
            before = row
        return Photograph(
            self._counts(frames).reshape(FRAMES * ROWS, COLUMNS),
            PITCH,
            EXPOSURE,
            self.technique,
            "labctl",
            "EV-1 event camera",
            f"storyboard: {FRAMES} frames, one a second, one below another, the newest last",
        )

    def _lit(self, times: np.ndarray) -> np.ndarray:
        """Frames of a bed on which nothing happens, shape (frames, rows, columns)."""
        frames = np.full((FRAMES, ROWS, COLUMNS), GROUND)
        frames[:, *CASE_AT] = CASE
        on = np.floor(times) % 2.0 == 0.0
        frames[:, *LAMP_AT] = np.where(on, LAMP_ON, LAMP_OFF)[:, None, None]
        return frames

    def _happen(self, frame: np.ndarray, row: Row, bursts: bool) -> None:
        """Put into a frame what happens in it."""
        if row.burst:
            frame[CASE_AT] = GROUND
        through = np.exp(-VEIL * row.smoke)
        frame *= through
        frame += HAZE * (1.0 - through)
        if row.burning:
            flame = frame[FLAME_AT]
            flame[self._rng.random(flame.shape) < 0.8] = 4.0 * FULL
        if bursts:
            np.maximum(frame, FLASH, out=frame)

    def _counts(self, frames: np.ndarray) -> np.ndarray:
        noise = np.sqrt(PER_ELECTRON * frames + READ_NOISE**2)
        noise *= self._rng.standard_normal(frames.shape, dtype=np.float32)
        return np.clip(np.rint(frames + noise), 0, FULL).astype(np.uint16)
