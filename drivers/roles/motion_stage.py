"""Role: motion stage (linear axis)."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class MotionStage(Driver, Protocol):
    """One linear axis, an optical delay line included; its positions are absolute, in m.

    A target or speed beyond the axis' or the bench's limits, and a move before `home`, are
    `LimitRefused`; a stall, a following error and a limit switch are `InstrumentError`.
    """

    async def home(self) -> None:
        """Position known; returns when it stands at home. A homed axis is not moved."""
        ...

    async def is_homed(self) -> bool:
        """Whether the position is known."""
        ...

    async def move_to(self, position: float) -> None:
        """Target in m; returns when it has started."""
        ...

    async def wait(self, *, timeout: float) -> Reading:
        """Position in m when it has come to rest; `InstrumentError` after `timeout` in s."""
        ...

    async def position(self) -> Reading:
        """Position in m by the encoder, or the motor's steps where there is none."""
        ...

    async def is_moving(self) -> bool:
        """Whether it moves or settles."""
        ...

    async def stop(self) -> None:
        """Standing still."""
        ...

    async def set_velocity(self, velocity: float, *, acceleration: float) -> None:
        """Speed in m/s and acceleration in m/s**2 of the moves to come."""
        ...

    async def limits(self) -> tuple[float, float]:
        """Lowest and highest position in m that may be asked for."""
        ...

    async def servo(self, on: bool) -> None:
        """Motor holding, or free."""
        ...
