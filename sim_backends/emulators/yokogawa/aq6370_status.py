"""Errors and operation status of the AQ6370D."""

from __future__ import annotations

from sim_backends.emulators.scpi.status import ErrorQueue

BITS = {"sweep": 1, "calibration": 8}
"""Bits of the operation registers: set when it has ended."""


class LatestError(ErrorQueue):
    """The error buffer holds one error, the last."""

    def push(self, code: int, text: str, t: float) -> None:
        """Keep an error that occurred at run time `t` instead of the one before."""
        self.clear()
        super().push(code, text, t)


class OperationStatus:
    """The event register; `enable` is kept."""

    def __init__(self) -> None:
        self.event = 0
        self.enable = 0

    def ended(self, what: str) -> None:
        """`sweep` or `calibration` has ended."""
        self.event |= BITS[what]

    def condition(self, busy: str) -> int:
        """The condition register while `busy` with something; empty for nothing."""
        return sum(bit for what, bit in BITS.items() if what != busy)

    def read_event(self) -> int:
        """The event register, which reading clears."""
        value, self.event = self.event, 0
        return value
