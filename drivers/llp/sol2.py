"""Two-source solar simulator with the labctl line protocol 1 (docs/protocols/llp1.md)."""

from __future__ import annotations

import math
from typing import ClassVar

from drivers.links.settings import MessageSettings
from drivers.llp._lamp import ShutteredLamp
from drivers.llp._talk import read_only
from labctl.evidence import Accuracy, Reading

LOWEST, HIGHEST = 50.0, 800.0
"""Range of each source in W/m2."""

QUERY = "MIX?"


class Sol2(ShutteredLamp):
    """A lamp of two sources and its shutter; `limits` by the bench: `irradiance` of both together
    in W/m2."""

    model: ClassVar[str] = "LLP-SOL2"
    settings: ClassVar[MessageSettings] = MessageSettings(
        read_terminator="\r\n",
        timeout=1.0,
        idempotent=ShutteredLamp.settings.idempotent | read_only(QUERY),
    )
    limit_units: ClassVar[dict[str, str]] = {"irradiance": "W/m**2"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = (
        Accuracy(
            "irradiance",
            HIGHEST,
            "W/m**2",
            0.05,
            0.0,
            "docs/protocols/llp1.md, two-source solar simulator, each monitor diode",
        ),
    )

    async def set_irradiance(self, irradiance: float) -> None:
        """Both sources together in W/m2, their ratio kept.

        `LimitRefused` outside the range of a source or the bench's limit.
        """
        self._check_sum(irradiance, f"MIX of {irradiance:.6g}")
        blue, red = await self._pair(QUERY)
        if blue + red <= 0.0:
            raise self._talk.wrong("the sources are set to nothing", QUERY, f"{blue:g} {red:g}")
        scale = irradiance / (blue + red)
        await self.set_sources(blue * scale, red * scale)

    async def set_sources(self, blue: float, red: float) -> None:
        """Irradiance in W/m2 of the blue-rich and of the red-rich source.

        `LimitRefused` outside 50..800 W/m2 each, or where both together exceed the bench's limit.
        """
        command = f"MIX {blue:.6g} {red:.6g}"
        for name, value in (("blue-rich source", blue), ("red-rich source", red)):
            self._check(name, value, LOWEST, HIGHEST, "W/m2", command)
        self._check_sum(blue + red, command)
        await self._talk.command(command)

    async def monitors(self) -> tuple[Reading, Reading]:
        """Irradiance in W/m2 by the monitor diodes of the blue-rich and the red-rich source."""
        blue, red = await self._pair("MON?")
        line = self.accuracies[0]
        return self._reading(blue, "W/m**2", line), self._reading(red, "W/m**2", line)

    async def monitor(self) -> Reading:
        """Irradiance of both sources together in W/m2, by both monitor diodes: no reference."""
        blue, red = await self._pair("MON?")
        return self._reading(blue + red, "W/m**2", self.accuracies[0])

    def _check_sum(self, irradiance: float, command: str) -> None:
        """`LimitRefused` for what both sources, in W/m2, or the bench cannot have together."""
        high = min(2.0 * HIGHEST, self._limits.get("irradiance", 2.0 * HIGHEST))
        self._check("irradiance", irradiance, 2.0 * LOWEST, high, "W/m2", command)

    async def _pair(self, query: str) -> tuple[float, float]:
        """The blue-rich and the red-rich source's number, finite."""
        texts = await self._talk.values(query, 2)
        try:
            blue, red = (float(text) for text in texts)
        except ValueError:
            blue = red = math.nan
        if not math.isfinite(blue + red):
            raise self._talk.wrong("the answer is not two numbers", query, " ".join(texts))
        return blue, red


DRIVER = Sol2
