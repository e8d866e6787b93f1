"""The gain of an answer on a command, with its uncertainty."""

from __future__ import annotations

import numpy as np

from labctl.quantity import Quantity
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.shapes import student
from procedures.analysis.following import Following
from procedures.methods.grid_support.pcc import made, mean_reading, ratio_draws
from procedures.methods.trace import Trace

FITTED = 3
"""Delay, gain and offset."""


def gain_draws(
    mc: MonteCarlo, name: str, found: Following, idle: Trace, seen: Trace, ratio: Quantity
) -> Draws:
    """Draws of the gain, shape (draws + 1, 1), dimensionless.

    The analyser's relative error is that of the largest answer; what the command does not explain
    is taken for independent from reading to reading, and its u is doubled for what hangs together.
    """
    largest = int(np.argmax(np.abs(idle.array.mean() - seen.array)))
    one = made(mean_reading(idle), seen.readings(largest, largest + 1)[0])
    relative = mc.readings([one]) / one.value if one.value else np.ones((mc.draws + 1, 1))
    n = len(seen.values)
    freedom = max(n - FITTED, 1)
    u = 2.0 * found.rest * (n / freedom) ** 0.5 * float(np.linalg.norm(found.weights))
    scatter = mc.certified(f"scatter/{name}", u, student(freedom), "rest of the answer")
    return found.gain * relative * ratio_draws(mc, ratio) / ratio.value + scatter
