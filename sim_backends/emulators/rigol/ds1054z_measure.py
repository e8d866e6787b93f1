"""Automatic measurements of a DS1054Z on the points of the screen.

User's guide of the DS1000Z, "auto measurement": top and base are the levels that the waveform has
most often, thresholds are 90 %, 50 % and 10 % between them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim_backends.models.signal import FloatArray

Measured = float | None


def levels(volts: FloatArray) -> tuple[float, float]:
    """Top and base in V of `volts` in V: the most frequent levels of the upper and lower 40 %."""
    low, high = float(volts.min()), float(volts.max())
    span = high - low
    if span == 0.0:
        return high, low
    counts, edges = np.histogram(volts, bins=100, range=(low, high))
    centres = (edges[:-1] + edges[1:]) / 2.0
    top, base = 60 + int(np.argmax(counts[60:])), int(np.argmax(counts[:40]))
    # A waveform without a flat part, as a sine, has no preferred level: its ends count.
    flat = 0.05 * volts.size
    return (
        float(centres[top]) if counts[top] > flat else high,
        float(centres[base]) if counts[base] > flat else low,
    )


def passages(volts: FloatArray, level: float, guard: float, rising: bool) -> list[float]:
    """Positions, in points, at which `volts` in V passes `level` in V that way, `guard` in V
    before and behind being needed (noise passes none)."""
    sign = 1.0 if rising else -1.0
    rel = sign * (volts - level)
    found, last = list[float](), None
    ready = False
    for index in np.flatnonzero(np.abs(rel) > guard):
        if rel[index] < 0.0:
            ready, last = True, int(index)
        elif ready and last is not None:
            found.append(_between(rel, last, int(index)))
            ready = False
    return found


def _between(rel: FloatArray, first: int, last: int) -> float:
    piece = rel[first : last + 1]
    above = int(np.flatnonzero(piece >= 0.0)[0])
    low, high = float(piece[above - 1]), float(piece[above])
    return first + above - 1 + (-low / (high - low) if high != low else 0.0)


class Screen:
    """The waveform on the screen: `volts` in V, `step` in s between points; edges are found from a
    span of `least` in V on."""

    def __init__(self, volts: FloatArray, step: float, least: float) -> None:
        self._volts, self._step, self._least = volts, step, least
        self._top, self._base = levels(volts)

    def measure(self, item: str) -> Measured:
        """Value of `item` in V, s, Hz or as a share; None where the screen does not show it."""
        return ITEMS[item](self)

    def top(self) -> Measured:
        """Most frequent high level in V."""
        return self._top

    def base(self) -> Measured:
        """Most frequent low level in V."""
        return self._base

    def maximum(self) -> Measured:
        """Highest point in V."""
        return float(self._volts.max())

    def minimum(self) -> Measured:
        """Lowest point in V."""
        return float(self._volts.min())

    def mean(self) -> Measured:
        """Mean in V."""
        return float(self._volts.mean())

    def rms(self) -> Measured:
        """Root mean square in V."""
        return float(np.sqrt(np.mean(self._volts**2)))

    def _edges(self, share: float, rising: bool) -> list[float]:
        span = self._top - self._base
        if span < self._least:
            return []
        return passages(self._volts, self._base + share * span, 0.1 * span, rising)

    def period(self) -> Measured:
        """Seconds between edges of the same kind."""
        edges = self._edges(0.5, True)
        if len(edges) < 2:
            edges = self._edges(0.5, False)
        if len(edges) < 2:
            return None
        return (edges[-1] - edges[0]) / (len(edges) - 1) * self._step

    def frequency(self) -> Measured:
        """1/s."""
        period = self.period()
        return 1.0 / period if period else None

    def width(self, high: bool) -> Measured:
        """Seconds from a rising to the next falling edge, or the other way round."""
        begin, end = self._edges(0.5, high), self._edges(0.5, not high)
        if not begin:
            return None
        later = [edge for edge in end if edge > begin[0]]
        return (later[0] - begin[0]) * self._step if later else None

    def duty(self, high: bool) -> Measured:
        """Share of the period that is high (or low)."""
        width, period = self.width(high), self.period()
        return width / period if width is not None and period else None

    def edge_time(self, rising: bool) -> Measured:
        """Seconds from 10 % to 90 %, or back."""
        span = self._top - self._base
        if span < self._least:
            return None
        first, last = (0.1, 0.9) if rising else (0.9, 0.1)
        begin = passages(self._volts, self._base + first * span, 0.05 * span, rising)
        end = passages(self._volts, self._base + last * span, 0.05 * span, rising)
        pairs = [(a, b) for b in end for a in [x for x in begin if x <= b][-1:]]
        return (pairs[0][1] - pairs[0][0]) * self._step if pairs else None


ITEMS: dict[str, Callable[[Screen], Measured]] = {
    "VMAX": Screen.maximum,
    "VMIN": Screen.minimum,
    "VPP": lambda s: s._volts.max() - s._volts.min(),
    "VTOP": Screen.top,
    "VBASe": Screen.base,
    "VAMP": lambda s: s._top - s._base,
    "VAVG": Screen.mean,
    "VRMS": Screen.rms,
    "PERiod": Screen.period,
    "FREQuency": Screen.frequency,
    "RTIMe": lambda s: s.edge_time(True),
    "FTIMe": lambda s: s.edge_time(False),
    "PWIDth": lambda s: s.width(True),
    "NWIDth": lambda s: s.width(False),
    "PDUTy": lambda s: s.duty(True),
    "NDUTy": lambda s: s.duty(False),
}
