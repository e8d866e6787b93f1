"""Role: furnace with temperature program (tube furnace, oven)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from drivers.roles.temperature_controller import TemperatureController
from labctl.evidence import Reading


@dataclass(frozen=True)
class Segment:
    """A part of a program: go to `target` in degC within `duration` in s, or hold it that long."""

    target: float
    duration: float


class Furnace(TemperatureController, Protocol):
    """A temperature controller that runs programs by itself.

    A target or rate beyond the furnace's or the bench's limits is `LimitRefused` before the first
    segment is sent; a program that was broken off (sensor, over-temperature) is `InstrumentError`.
    """

    async def set_ramp_rate(self, rate: float | None) -> None:
        """Rate of set point changes in K/s; None: at once."""
        ...

    async def run_program(self, segments: Sequence[Segment]) -> None:
        """This program running from its first segment, targets in degC; one that runs goes on."""
        ...

    async def hold(self, on: bool) -> None:
        """Program standing at its working set point, or going on."""
        ...

    async def stop_program(self) -> None:
        """No program; the furnace controls to the set point in degC that was set last."""
        ...

    async def program_left(self) -> Reading:
        """Time in s to the program's end; 0 where none runs."""
        ...

    async def alarms(self) -> tuple[str, ...]:
        """Alarms that stand, in the controller's words; none is a quantity."""
        ...
