"""Reactive power over sliding cycles, from samples of voltage and current. Pure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from procedures.analysis.cycle_power import smoothed, whole_mean

Array = NDArray[np.float64]


def cycle_reactive(
    time: Array, voltage: Array, current: Array, frequency: float
) -> tuple[Array, Array]:
    """Centres in s and reactive power in var over cycles of `frequency` in Hz, both shape (m,).

    `voltage` in V and `current` in A have shape (n,); inductive is positive: the current times the
    voltage a quarter of a cycle before (IEEE Std 1459-2010, 3.1.1.4, of sinusoidal voltages). The
    first quarter of a cycle is lost.
    """
    quarter = 0.25 / frequency
    volts = voltage - whole_mean(time, voltage, frequency)
    amperes = current - whole_mean(time, current, frequency)
    late = time >= time[0] + quarter
    before = np.interp(time[late] - quarter, time, volts)
    return smoothed(time[late], before * amperes[late], 1.0 / frequency)
