"""Ports of the abuse bench: what a nail press touches.

Quantities are SI; times are run time in s, are passed in by the caller and never go back.
"""

from __future__ import annotations

from typing import Protocol


class NailPort(Protocol):
    """What lies under the nail of a press, and the door of the guard round it.

    `depth` counts in m from the surface that the nail touches first, positive into the sample.
    """

    def drive(self, depth: float, speed: float, t: float) -> None:
        """From `t` on the tip, now at true `depth`, moves with true `speed` in m/s, positive
        into the sample; 0: it stands."""
        ...

    def force(self, t: float) -> float:
        """Force in N that the sample exerts on the nail at `t`, positive against its way in."""
        ...

    def guard_closed(self, t: float) -> bool:
        """Whether the guard door is closed and locked at `t`."""
        ...
