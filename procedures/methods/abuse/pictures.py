"""Flame, smoke and burst cases in the storyboards of an event camera. Pure functions on pixels.

A storyboard holds `FRAMES` frames of equal height, a second apart, one below another, the newest
last. In the field are the sample, brighter than the wall behind it, and a lamp that changes each
second: where it is not seen to change, nobody looked. Fire is a flame that lasts longer than a
second: sparks and arcs are none (GB 38031-2020, 3.13; remembered).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labctl.errors import InstrumentError

Array = NDArray[np.float64]

FRAMES, INTERVAL = 200, 1.0
"""Frames of a storyboard, and seconds from one to the next."""

FULL = 65535.0
"""Largest count of a sensor of 16 bits."""

BRIGHT = 0.9 * FULL
"""Counts from which a pixel shows a flame: the exposure leaves everything else below half."""

LARGE = 6
"""Pixels of a flame."""

SEEN = 0.3
"""Share of its change in the first storyboard that the lamp must show, else the view is lost."""

THERE = 0.5
"""Share of its contrast in the first storyboard that a whole case keeps in clear air."""

CLEAR, WIDEST_LAMP = 8.0, 0.1
"""Standard deviations of a pixel by which the lamp must change; share of the field that no lamp
fills."""

PAUSE = 60
"""Frames without a flame after which another flame is another fire."""

SMALLEST_LAMP, SMALLEST_CASE = 2, 10
"""Pixels without which there is no lamp, no sample in the field."""


class Blind(InstrumentError):
    """A picture in which lamp or sample is not to be found; the message says which."""


@dataclass(frozen=True, eq=False)
class View:
    """Where things are in a frame, as masks (rows, columns): `lamp` and `case`; the `change` of the
    lamp and the `contrast` of the case to the wall in counts, on a clear day."""

    lamp: NDArray[np.bool_]
    case: NDArray[np.bool_]
    change: float
    contrast: float


@dataclass(frozen=True)
class Storyboard:
    """What a storyboard shows, by frame: a `flame`, the lamp `seen` to change; the median share of
    the `case`'s contrast that is left, and `haze`, the counts by which the wall is brighter."""

    flame: tuple[bool, ...]
    seen: tuple[bool, ...]
    case: float
    haze: float


def frames_of(pixels: Array) -> Array:
    """The frames of a storyboard, shape (frames, rows, columns); `Blind` where they do not fit."""
    if pixels.ndim != 2 or pixels.shape[0] % FRAMES:
        raise Blind(f"a picture of shape {pixels.shape} is no storyboard of {FRAMES} grey frames")
    return pixels.reshape(FRAMES, -1, pixels.shape[1])


def view_of(frames: Array) -> View:
    """Lamp and sample, found in a storyboard in which nothing happens."""
    even, odd = np.median(frames[0::2], axis=0), np.median(frames[1::2], axis=0)
    change = np.abs(even - odd)
    half = 0.5 * float(change.max())
    lamp = change > half
    still = np.median(frames, axis=0)
    wall = float(np.median(still[~lamp]))
    brightest = float(still[~lamp].max())
    noise = float(np.median(np.std(frames[0::2], axis=0)))
    middle = 0.5 * (wall + brightest)
    case = (still > middle) & ~lamp
    wide = int(lamp.sum()) < SMALLEST_LAMP or lamp.mean() > WIDEST_LAMP
    if float(change.max()) < CLEAR * noise or wide:
        raise Blind("the lamp is not seen to change")
    if brightest - wall < 4.0 * noise or int(case.sum()) < SMALLEST_CASE:
        raise Blind("the sample is not seen before the wall")
    return View(lamp, case, float(change[lamp].mean()), float(still[case].mean()) - wall)


def shown(frames: Array, view: View, clear: float) -> Storyboard:
    """What `frames` show; `clear` is the brightness of the wall in counts on a clear day."""
    wall_at = ~view.lamp & ~view.case
    flame = (frames >= BRIGHT) & ~view.lamp
    lamp = frames[:, view.lamp].mean(axis=1)
    steps = np.diff(lamp)
    follows = np.abs(steps) >= SEEN * view.change
    follows[1:] &= np.sign(steps[1:]) == -np.sign(steps[:-1])
    seen = np.concatenate((follows[:1], follows))
    wall = np.median(frames[:, wall_at], axis=1)
    contrast = (np.median(frames[:, view.case], axis=1) - wall) / view.contrast
    return Storyboard(
        tuple((flame.sum(axis=(1, 2)) >= LARGE).tolist()),
        tuple(seen.tolist()),
        float(np.median(contrast)),
        float(np.median(wall)) - clear,
    )


def wall_of(frames: Array, view: View) -> float:
    """Brightness of the wall in counts."""
    return float(np.median(frames[:, ~view.lamp & ~view.case]))


def lasting(flame: str) -> int:
    """Fires in a sequence of frames ("1": a flame): flames in two frames or more; a pause of less
    than a minute belongs to the same fire."""
    fires, burning, dark = 0, 0, PAUSE
    for one in flame:
        burning = burning + 1 if one == "1" else 0
        if burning == 2 and dark >= PAUSE:
            fires += 1
        dark = 0 if burning >= 2 else dark + 1
    return fires
