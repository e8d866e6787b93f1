"""Conditions as observed, from readings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from labctl.evidence import Observed
from labctl.uncertainty import Draws
from procedures.analysis.exposure import held

Array = NDArray[np.float64]


def observed_log(
    quantity: str, unit: str, time: Sequence[float], log: Array, u: float = 0.0
) -> Observed:
    """A logged condition: its time mean with standard uncertainty `u`, its extremes, in `unit`.

    `time` in s. Whether the extremes lie inside the tolerance is decided by the judge, who knows
    it; so `share` stays 1.
    """
    seen = held(np.asarray(time), log)
    return Observed(
        quantity=quantity, value=seen.mean, unit=unit, u=u, low=seen.low, high=seen.high
    )


def observed_amount(quantity: str, value: float, unit: str, u: float = 0.0) -> Observed:
    """A condition that is one number (a duration, a count of cycles), in `unit`."""
    return Observed(quantity=quantity, value=value, unit=unit, u=u, low=value, high=value)


def spread(draws: Draws) -> float:
    """Standard uncertainty of draws whose row 0 is the undisturbed value, in their unit."""
    return float(np.std(draws[1:], ddof=1))
