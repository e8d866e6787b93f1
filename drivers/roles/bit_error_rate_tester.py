"""Role: bit error rate tester."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class ErrorCount:
    """Of one gate: `errors` and `bits` (whole numbers, unit `bit`), `duration` in s, whether the
    pattern stayed `locked`. The ratio and its bound are the method's work."""

    errors: Reading
    bits: Reading
    duration: Reading
    locked: bool


class BitErrorRateTester(Driver, Protocol):
    """Sends a known pattern and counts the bits that come back wrong.

    Rate, amplitude or pattern that it does not have, and an amplitude beyond the bench's limits,
    are `LimitRefused`; a receiver without clock is `InstrumentError`.
    """

    async def set_pattern(self, pattern: Literal["PRBS7", "PRBS15", "PRBS23", "PRBS31"]) -> None:
        """Pattern of sender and receiver (ITU-T O.150; PRBS7 is x**7 + x**6 + 1)."""
        ...

    async def set_rate(self, rate: float) -> None:
        """Line rate in bit/s of sender and receiver."""
        ...

    async def set_amplitude(self, amplitude: float, *, offset: float) -> None:
        """Amplitude in V peak to peak and offset in V of the sender."""
        ...

    async def output(self, on: bool) -> None:
        """Sender on or off, read back."""
        ...

    async def align(self) -> None:
        """Sampling point and delay at their optimum; `InstrumentError` where none is found."""
        ...

    async def set_sampling(self, *, threshold: float, phase: float) -> None:
        """Decision threshold in V and phase as a fraction of the unit interval."""
        ...

    async def start(self) -> None:
        """A new gate open, counts 0."""
        ...

    async def stop(self) -> None:
        """Gate closed, counts kept."""
        ...

    async def counts(self) -> ErrorCount:
        """Errors and bits of the gate so far, in bit and s; a running gate goes on."""
        ...

    async def inject_errors(self, rate: float) -> None:
        """Errors put into the sent pattern, as a fraction of the bits; 0: none."""
        ...

    async def is_locked(self) -> bool:
        """Whether the receiver follows the pattern."""
        ...
