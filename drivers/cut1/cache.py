"""Cache system under test that speaks CUT1 (docs/protocols/cut1.md, A cache).

`process://program?arg=...` starts it: a user's own binary, or a policy of cachetools
(`python -m drivers.cut1._serve_cachetools LRUCache`). It has no accuracy: counts are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from drivers.codecs import cut1
from drivers.codecs.cut1 import Access
from drivers.cut1._claims import Claims
from drivers.cut1._program import Cut1Program
from drivers.limits import BenchLimits, refuse_outside
from drivers.links.link_programs import ProcessLink
from drivers.links.settings import ProcessSettings
from drivers.roles.cache_system import Replayed
from labctl import clock
from labctl.errors import LimitRefused
from labctl.evidence import Accuracy, Reading

LARGEST = 10.0**12


class Cut1Cache(Cut1Program):
    """A cache system at the end of `link`. Limit `capacity` in units of size (dimensionless)."""

    settings: ClassVar[ProcessSettings] = ProcessSettings(timeout=10.0)
    limit_units: ClassVar[dict[str, str]] = {"capacity": "dimensionless"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = ()
    not_kept: ClassVar[tuple[str, ...]] = ("_claims",)
    """A program that is started again has no cache, so what was claimed of one is not kept."""

    def __init__(self, link: ProcessLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._claims = Claims(0)

    async def make_cache(self, capacity: int) -> None:
        """An empty cache of `capacity` in units of size."""
        most = self._limits.get("capacity", LARGEST)
        refuse_outside(
            "capacity", capacity, 1, most, "units of size", address=self.address, command="CACHE"
        )
        await self._talk.command(f"CACHE {capacity}")
        self._claims = Claims(capacity)

    async def replay(
        self, keys: Sequence[str], sizes: Sequence[int], features: Sequence[float]
    ) -> Replayed:
        """Ask for objects one after the other; `sizes` in units of size, `features` of 1.

        Each claim is checked: `InstrumentError` where a hit names an access that did not take its
        object in, or where more is shown to be held at once than the capacity.
        """
        accesses = [Access(*each) for each in zip(keys, sizes, features, strict=True)]
        self._refuse(accesses)
        line = cut1.go(self._claims.count, accesses)
        began = clock.now()
        parse = partial(cut1.outcomes, count=len(accesses))
        used, outcomes = await self._talk.read(line, parse)
        seconds = clock.now() - began
        try:
            taken = self._claims.hear(accesses, outcomes, used)
        except ValueError as error:
            what = f"the system under test claims what cannot be: {error}"
            remedy = "repair its accounting of what it holds"
            raise self._talk.wrong(what, line, " ".join(outcomes), remedy) from error
        letters = "".join(one[0] for one in outcomes)
        return Replayed(letters, tuple(taken), self._reading(used, "dimensionless"), seconds)

    async def processor_time(self) -> Reading:
        """Processor time in s that the program has used since it was started."""
        return self._reading((await self._talk.link.measure()).cpu, "s")

    async def memory(self) -> Reading:
        """Resident memory in bytes that the program takes now."""
        return self._reading((await self._talk.link.measure()).memory, "byte")

    def _refuse(self, accesses: Sequence[Access]) -> None:
        why = ""
        if not 1 <= len(accesses) <= cut1.MOST:
            why = f"{len(accesses)} accesses at once, 1 to {cut1.MOST} can be"
        elif not all(map(cut1.is_access, accesses)):
            why = "a key with a blank or colon, or a size below 1"
        if why:
            raise LimitRefused(why, address=self.address, command="GO")

    def _reading(self, value: float, unit: str) -> Reading:
        t, utc = clock.stamp()
        return Reading(float(value), unit, t, utc, self.address, self.identity.serial)


DRIVER = Cut1Cache
