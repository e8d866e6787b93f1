"""What a droop with a dead band asks for. Pure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def droop_answer(deviation: Array, gain: float, dead_band: float, most: float) -> Array:
    """The answer asked for, shape of `deviation`, in the unit of `gain` times its unit.

    `deviation` is actual less nominal (Hz or V); beyond +-`dead_band` the answer is -`gain` times
    what is beyond, within +-`most`: low frequency asks for power, low voltage for reactive power
    (a droop that begins at the end of the dead band: IEEE Std 1547-2018, 6.5.2.7, table 23).
    """
    beyond = np.sign(deviation) * np.maximum(np.abs(deviation) - dead_band, 0.0)
    return np.clip(-gain * beyond, -most, most)
