"""A clamp with nothing in it (BendingPort)."""

from __future__ import annotations


class EmptyClamp:
    """Counts `bends`; there is nothing that wears."""

    def __init__(self) -> None:
        self.bends = 0.0

    def bend(self, radius: float, cycles: float, t: float) -> None:
        """`cycles` bends to `radius` in m have been done."""
        self.bends += cycles
