"""A bench that is open: its rig, who answered, and the way to give the lines back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, Protocol

from drivers.driver import Driver
from drivers.roles.watchdog import Watchdog as OwnWatchdog
from labctl.calibration import Certificate
from labctl.errors import Defect
from labctl.evidence import Instrument, Spread
from labctl.interlocks import Watch
from labctl.quantity import Quantity
from labctl.sample import Sample
from labctl.watchdogs import Watchdog
from rigs.probes import Holdable


class World(Protocol):
    """What is simulated of a bench, and what its drivers know of it."""

    def snapshot(self) -> bytes:
        """What it is now."""
        ...

    def restore(self, state: bytes, *, drivers: bool) -> None:
        """Become what it was at a snapshot; `Defect` where that is of another bench."""
        ...

    def acted(self, prompt: str, value: Any) -> None:
        """A person has done what `prompt` asked for, and answered `value`."""
        ...


@dataclass(frozen=True)
class Opened:
    """What the engine gets of an open bench (`labctl.labs.OpenBench`).

    `contributions` are the bench's, with their standard uncertainty as `u`; relative ones have
    the unit `dimensionless`. `world` is what is simulated of it, `watches` are its
    interlocks, `watchdogs` its instruments that watch their own line, `certificates` its
    calibrations by role, `ambient` the temperature round it, lowest and highest in degC,
    `distributions` those of the contributions that are not normal.
    `scan_sample`: its sample's barcode is scanned before a run goes on.
    """

    rig: Any
    instruments: tuple[Instrument, ...]
    sample: Sample | None
    simulated: bool
    bench_name: str
    bench_text: str
    contributions: Mapping[str, Quantity]
    lines: AsyncExitStack = field(repr=False)
    world: World | None = field(repr=False, default=None)
    watches: tuple[Watch, ...] = ()
    watchdogs: tuple[Watchdog, ...] = ()
    certificates: Mapping[str, Certificate] = field(default_factory=dict[str, Certificate])
    ambient: tuple[float, float] | None = None
    distributions: Mapping[str, Spread] = field(default_factory=dict[str, Spread])
    scan_sample: bool = False

    @property
    def bench_sha256(self) -> str:
        """SHA-256 of the bench file."""
        return hashlib.sha256(self.bench_text.encode("utf-8")).hexdigest()

    def snapshot(self) -> bytes | None:
        """The simulated world and instruments as they are; None on a real bench."""
        return None if self.world is None else self.world.snapshot()

    def restore(self, state: bytes, *, drivers: bool) -> None:
        """Put the simulated world and instruments into the state of a snapshot.

        With `drivers` their knowledge of the instruments too, as if nothing had been.
        """
        if self.world is None:
            raise Defect("there is a snapshot, and nothing on this bench is simulated")
        self.world.restore(state, drivers=drivers)

    def acted(self, prompt: str, value: Any) -> None:
        """Let the simulated world be as whoever answered `prompt` with `value` has made it."""
        if self.world is not None:
            self.world.acted(prompt, value)

    async def hold(self) -> None:
        """Take the rig to its hold state; a rig that declares none is made safe."""
        await (self.rig.hold() if isinstance(self.rig, Holdable) else self.rig.safe())

    async def close(self) -> None:
        """Give all lines back; the instruments' states stay as they are."""
        await self.lines.aclose()


def watchdogs_among(drivers: Mapping[str, Driver]) -> tuple[Watchdog, ...]:
    """The drivers whose instruments watch their own line; simulated ones die with their bench."""
    return tuple(one for one in drivers.values() if isinstance(one, OwnWatchdog))
