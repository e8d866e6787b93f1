"""When a voltage that only its waveform tells next passes a level."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim_backends.models.signal import FloatArray

_PROBED = 2048
"""Points of two periods at which a crossing is looked for."""


def first_passage(
    voltage: Callable[[FloatArray], FloatArray],
    frequency: float,
    level: float,
    rising: bool,
    after: float,
) -> float | None:
    """First time in s at which `voltage` (V at times in s) passes `level` in V that way in the two
    periods of `frequency` in Hz from `after` on, by a straight line between points; None where it
    does not, or where there is no frequency."""
    if not frequency:
        return None
    t = after + 2.0 / frequency * np.arange(_PROBED) / _PROBED
    above = (voltage(t) - level) * (1.0 if rising else -1.0)
    passed = np.flatnonzero((above[:-1] < 0.0) & (above[1:] >= 0.0))
    if not passed.size:
        return None
    i = int(passed[0])
    part = above[i] / (above[i] - above[i + 1])
    return float(t[i] + part * (t[i + 1] - t[i]))
