"""Role: nail press."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class PressForce:
    """Force in N on the nail `now`, and the `largest` since the stroke began."""

    now: Reading
    largest: Reading


class NailPress(Driver, Protocol):
    """Drives a nail into a sample behind a guard door; the nail stays where the stroke ends.

    Depth counts in m from the surface that the nail touches first. A start with the guard open or
    with a latched trip is `InstrumentError`; what machine or bench does not have is `LimitRefused`.
    """

    async def set_stroke(self, *, speed: float, depth: float, force_limit: float) -> None:
        """Speed in m/s, depth in m at which the stroke ends, force in N at which it trips."""
        ...

    async def start(self) -> None:
        """Begin the stroke; returns once it has begun."""
        ...

    async def retract(self) -> None:
        """Begin to draw the nail back."""
        ...

    async def stop(self) -> None:
        """Stand where it is."""
        ...

    async def motion(self) -> Literal["standing", "stroke", "retracting"]:
        """What the nail does."""
        ...

    async def depth(self) -> Reading:
        """Depth of the tip in m by the encoder, with its accuracy."""
        ...

    async def force(self) -> PressForce:
        """Force in N now and the largest of the stroke, with their accuracy."""
        ...

    async def contact(self) -> Reading | None:
        """Time in s, run time, at which the nail met the sample; None where it has not."""
        ...

    async def guard_closed(self) -> bool:
        """Whether the guard door is closed and locked."""
        ...

    async def trip(self) -> Literal["none", "guard", "force"]:
        """What has tripped the press."""
        ...

    async def clear_trip(self) -> None:
        """No trip latched; `InstrumentError` where the guard is open."""
        ...
