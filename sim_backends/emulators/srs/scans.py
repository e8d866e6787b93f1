"""A running scan: which points are measured when, and in which pieces they leave."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim_backends.emulators.srs import specs

Measure = Callable[[float, float], int]
"""Counts at a mass in u and a run time in s."""


def word(counts: int) -> bytes:
    """An ion current: four bytes, two's complement, least significant first."""
    return struct.pack("<i", counts)


@dataclass
class Scan:
    """Scans over `masses` in u, `interval` s a point; `left` of them, None without end.

    `total` gives the counts of the total pressure that ends each scan; `begin` zeroes before one.
    """

    masses: Sequence[float]
    interval: float
    left: int | None
    measure: Measure
    total: Callable[[float], int]
    begin: Callable[[], None]
    at: float
    """Run time in s of the next point, or of the total pressure."""

    position: int = 0

    @property
    def ended(self) -> bool:
        """Whether all scans are done."""
        return self.left == 0

    @property
    def due(self) -> float:
        """When the next piece leaves, run time in s."""
        points = max(min(self._block, len(self.masses) - self.position), 1)
        return self.at + (points - 1) * self.interval

    @property
    def _block(self) -> int:
        return max(int(specs.BLOCK / self.interval), 1)

    def piece(self) -> bytes:
        """The bytes that leave at `due`."""
        if self.position == len(self.masses):
            return self._last()
        if self.position == 0:
            self.begin()
        points = self.masses[self.position : self.position + self._block]
        data = b""
        for mass in points:
            data += word(self.measure(mass, self.at))
            self.at += self.interval
        self.position += len(points)
        return data

    def _last(self) -> bytes:
        data = word(self.total(self.at))
        self.at += specs.SETTLING
        self.position = 0
        if self.left is not None:
            self.left -= 1
        return data
