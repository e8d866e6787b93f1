"""Bending tester with the labctl line protocol 1 (docs/protocols/llp1.md)."""

from __future__ import annotations

from typing import ClassVar

from drivers.instrument import Identified
from drivers.limits import BenchLimits, refuse_outside
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.llp._talk import Talk, read_only
from drivers.llp._watchdog import QUERY, OwnWatchdog
from labctl import clock
from labctl.evidence import Accuracy, Identity, Reading

MODEL = "LLP-BEND1"
SMALLEST, LARGEST = 2e-3, 0.1
"""Range of the bending radius in m."""

SLOWEST, FASTEST = 0.1, 2.0
"""Range of the frequency in Hz."""

MOST_CYCLES = 10_000_000
STOP_TIMEOUT = 1 / SLOWEST + 2.0
"""The answer to `STOP` comes with the end of the bend in progress, at most one period later."""


class Bend1(OwnWatchdog, Identified):
    """A bending machine; `limits` by the bench: `radius_min` in m, `frequency` in Hz."""

    what: ClassVar[str] = "bending tester"
    settings: ClassVar[MessageSettings] = MessageSettings(
        read_terminator="\r\n",
        timeout=1.0,
        idempotent=read_only("ID?", QUERY, "RAD?", "COUNT?", "RUN?"),
    )
    limit_units: ClassVar[dict[str, str]] = {"radius_min": "m", "frequency": "Hz"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = (
        Accuracy("radius", LARGEST, "m", 0.002, 5e-5, "docs/protocols/llp1.md, encoder"),
    )

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        self._talk = Talk(link, self.settings)
        super().__init__(self._talk, limits)

    async def identify(self) -> Identity:
        """Ask who it is; `InstrumentError` where it is another model."""
        self._identity = await self._talk.identity(MODEL)
        return self._identity

    async def resync(self) -> None:
        """Line in a known state."""
        await self._talk.resync()

    async def safe(self) -> None:
        """Still and flat; read back."""
        await self.stop()

    async def close(self) -> None:
        """Give the line back; a run in progress goes on."""
        await self._talk.close()

    async def set_radius(self, radius: float) -> None:
        """Bending radius in m; `LimitRefused` outside 2..100 mm or the bench's limit."""
        command = f"RAD {radius * 1e3:.6g}"
        low = max(SMALLEST, self._limits.get("radius_min", SMALLEST))
        self._check("radius", radius, low, LARGEST, "m", command)
        await self._talk.command(command)

    async def radius(self) -> Reading:
        """Bending radius in m as the machine's encoder reads it, with its accuracy."""
        value = await self._talk.number("RAD?") * 1e-3
        return self._reading(value, "m", self.accuracies[0])

    async def start(self, cycles: int, *, frequency: float) -> None:
        """Have `cycles` bends done from now on at `frequency` in Hz; returns when it has started.

        `InstrumentError` while the machine is running, `LimitRefused` outside its range.
        """
        high = min(FASTEST, self._limits.get("frequency", FASTEST))
        self._check("frequency", frequency, SLOWEST, high, "Hz", f"FREQ {frequency:.6g}")
        self._check("cycles", cycles, 1, MOST_CYCLES, "cyc", f"RUN {cycles}")
        await self._talk.command(f"FREQ {frequency:.6g}")
        await self._talk.command(f"RUN {cycles}")

    async def cycles_done(self) -> Reading:
        """Bends done since the last `start`, unit `cyc`; the count is exact."""
        return self._reading(await self._talk.number("COUNT?"), "cyc", None)

    async def is_running(self) -> bool:
        """Whether the machine is bending."""
        return await self._talk.is_on("RUN?")

    async def stop(self) -> None:
        """Stand still, flat; read back. Takes up to one period."""
        await self._talk.command("STOP", STOP_TIMEOUT)
        if await self.is_running():
            raise self._talk.wrong("the machine is not still", "RUN?", "1", "stop it by hand")

    def _reading(self, value: float, unit: str, line: Accuracy | None) -> Reading:
        t, utc = clock.stamp()
        return Reading(value, unit, t, utc, self.address, self.identity.serial, line)

    def _check(
        self, what: str, value: float, low: float, high: float, unit: str, command: str
    ) -> None:
        refuse_outside(what, value, low, high, unit, address=self.address, command=command)


DRIVER = Bend1
