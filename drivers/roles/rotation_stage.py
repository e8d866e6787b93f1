"""Role: rotation stage (rotary axis, antenna positioner)."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class RotationStage(Driver, Protocol):
    """One rotary axis; its angles are absolute, in rad.

    A target or speed beyond the axis' or the bench's limits, and a move before `home`, are
    `LimitRefused`; a stall, a following error and a limit switch are `InstrumentError`.
    """

    async def home(self) -> None:
        """Angle known; returns when it stands at home. A homed axis is not moved."""
        ...

    async def is_homed(self) -> bool:
        """Whether the angle is known."""
        ...

    async def move_to(self, angle: float) -> None:
        """Target in rad; returns when it has started."""
        ...

    async def wait(self, *, timeout: float) -> Reading:
        """Angle in rad when it has come to rest; `InstrumentError` after `timeout` in s."""
        ...

    async def angle(self) -> Reading:
        """Angle in rad by the encoder."""
        ...

    async def is_moving(self) -> bool:
        """Whether it moves or settles."""
        ...

    async def stop(self) -> None:
        """Standing still."""
        ...

    async def set_velocity(self, velocity: float, *, acceleration: float) -> None:
        """Speed in rad/s and acceleration in rad/s**2 of the moves to come."""
        ...

    async def limits(self) -> tuple[float, float]:
        """Lowest and highest angle in rad that may be asked for."""
        ...
