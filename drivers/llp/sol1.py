"""Steady-state solar simulator with the labctl line protocol 1 (docs/protocols/llp1.md)."""

from __future__ import annotations

from typing import ClassVar

from drivers.llp._lamp import ShutteredLamp
from labctl.evidence import Accuracy, Reading

LOWEST, HIGHEST = 100.0, 1200.0
"""Range of the level in W/m2."""


class Sol1(ShutteredLamp):
    """A lamp with its shutter; `limits` by the bench: `irradiance` in W/m2."""

    model: ClassVar[str] = "LLP-SOL1"
    limit_units: ClassVar[dict[str, str]] = {"irradiance": "W/m**2"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = (
        Accuracy(
            "irradiance", HIGHEST, "W/m**2", 0.05, 0.0, "docs/protocols/llp1.md, monitor diode"
        ),
    )

    async def set_irradiance(self, irradiance: float) -> None:
        """Level in W/m2; `LimitRefused` outside 100..1200 W/m2 or the bench's limit."""
        command = f"LEVEL {irradiance:.6g}"
        high = min(HIGHEST, self._limits.get("irradiance", HIGHEST))
        self._check("irradiance", irradiance, LOWEST, high, "W/m2", command)
        await self._talk.command(command)

    async def monitor(self) -> Reading:
        """Irradiance in W/m2 by the lamp's own monitor diode: a check of the lamp, no reference."""
        return self._reading(await self._talk.number("MON?"), "W/m**2", self.accuracies[0])


DRIVER = Sol1
