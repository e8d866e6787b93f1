"""Conditions as observed, from readings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from labctl.evidence import Observed
from labctl.uncertainty import Draws
from procedures.analysis.exposure import held, share_inside

Array = NDArray[np.float64]

Band = tuple[float, float]
"""What the readings of a condition must stay in: low and high, either may be infinite."""

BandOf = Callable[[str, str], Band | None]
"""The band of a quantity in a unit (`labctl.run.Run.band`); None where no condition is stated."""


def observed_log(
    quantity: str,
    unit: str,
    time: Sequence[float],
    log: Array,
    u: float = 0.0,
    band: Band | None = None,
) -> Observed:
    """A logged condition: its time mean with standard uncertainty `u`, its extremes, in `unit`.

    `time` in s. `band` (low, high) is what the readings must stay in: the share inside it and the
    longest excursion are counted. Without one both stay at what says that nothing was outside.
    """
    times = np.asarray(time, dtype=np.float64)
    seen = held(times, log)
    share, worst = (1.0, 0.0) if band is None else share_inside(times, log, *band)
    return Observed(
        quantity=quantity,
        value=seen.mean,
        unit=unit,
        u=u,
        low=seen.low,
        high=seen.high,
        share=share,
        worst_excursion=worst,
    )


def observed_amount(quantity: str, value: float, unit: str, u: float = 0.0) -> Observed:
    """A condition that is one number (a duration, a count of cycles), in `unit`."""
    return Observed(quantity=quantity, value=value, unit=unit, u=u, low=value, high=value)


def spread(draws: Draws) -> float:
    """Standard uncertainty of draws whose row 0 is the undisturbed value, in their unit."""
    return float(np.std(draws[1:], ddof=1))
