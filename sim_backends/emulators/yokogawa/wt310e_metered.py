"""Integration of a WT310E at a place that tells what has passed it: no update is gone through.

Each whole span between two looks has the errors that its mean power and current have; the noise of
single updates has averaged out, and the range is the present one.
"""

from __future__ import annotations

from sim_backends.emulators.yokogawa.wt310e_integration import Integration
from sim_backends.emulators.yokogawa.wt310e_measure import Circuits, Update
from sim_backends.models.hybrid_ports import EnergyPort, Passed

Ranges = tuple[tuple[float, float], int]
"""Ranges in V and A, and the index of the latter."""


class Metered:
    """What has passed `port` since it was last looked at."""

    def __init__(self, port: EnergyPort) -> None:
        self._port = port
        self._t = 0.0
        self._last: Passed | None = None

    def look(self, integration: Integration, circuits: Circuits, ranges: Ranges, t: float) -> None:
        """Go on to `t`; while `integration` runs, until its timer's end, it takes what passed."""
        end = integration.end()
        until = t if end is None else min(t, end)
        now = self._port.passed(until)
        seconds = until - self._t
        if integration.running and self._last is not None and seconds > 0.0:
            frequency = self._port.state(until).frequency
            before = self._last
            power = (now.taken - before.taken - now.given + before.given) / seconds
            current = (now.charge - before.charge) / seconds
            full, index = ranges
            means = circuits.means(power, current, full, index, frequency)
            integration.add_sums(_sums(before, now, means, seconds), until)
        self._last, self._t = now, until


def _sums(before: Passed, now: Passed, means: tuple[float, float], seconds: float) -> Update:
    """Wh and Ah by sign: what passed, with the errors on the side of the most."""
    hours = seconds / 3600.0
    plus, minus = (now.taken - before.taken) / 3600.0, (before.given - now.given) / 3600.0
    more = means[0] * hours - (plus + minus)
    plus, minus = (plus + more, minus) if plus >= -minus else (plus, minus + more)
    charge = means[1] * hours
    return {
        "WH": plus + minus, "WHP": plus, "WHM": minus,
        "AH": charge, "AHP": max(charge, 0.0), "AHM": min(charge, 0.0),
    }  # fmt: skip
