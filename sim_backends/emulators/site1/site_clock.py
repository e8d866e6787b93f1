"""The site controller's own clock in UTC: kept by a time server, running free between its words."""

from __future__ import annotations

import numpy as np

from labctl.clock import VIRTUAL_EPOCH

RATE = 20e-6
"""Limits of error of its oscillator."""
WORD = 1024.0
"""Seconds between two words of the time server; after each the oscillator's error is gone."""


class SiteClock:
    """Run time to the controller's UTC; run time 0 is near 2026-01-01T00:00:00Z.

    `error` in s is how far the time server's word is off at this site.
    """

    def __init__(self, error: float, rng: np.random.Generator) -> None:
        self._epoch = VIRTUAL_EPOCH + error
        self._rate = float(rng.uniform(-RATE, RATE))
        self._phase = float(rng.uniform(0.0, WORD))

    def told(self, t: float) -> int:
        """Microseconds since 1970-01-01 at run time `t` in s."""
        drifted = self._rate * ((t + self._phase) % WORD)
        return round(1e6 * (self._epoch + t + drifted))
