"""The gateway's own clock: set once, running free."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from labctl.clock import VIRTUAL_EPOCH

OFFSET, RATE = 0.5, 20e-6
"""Limits of its error at start in s, and of its rate (docs/protocols/mqtt-gateway.md)."""


class OwnClock:
    """Run time to the gateway's UTC; run time 0 is `epoch`, Unix time in s."""

    def __init__(self, rng: np.random.Generator, epoch: float = VIRTUAL_EPOCH) -> None:
        self._epoch = epoch + float(rng.uniform(-OFFSET, OFFSET))
        self._rate = 1.0 + float(rng.uniform(-RATE, RATE))

    def told(self, t: float) -> str:
        """ISO 8601 with milliseconds at run time `t` in s."""
        moment = datetime.fromtimestamp(self._epoch + self._rate * t, UTC)
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def run_time(self, text: str) -> float:
        """Run time in s of what the clock told; `ValueError` for what is no time in UTC."""
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError(text)
        return (moment.timestamp() - self._epoch) / self._rate
