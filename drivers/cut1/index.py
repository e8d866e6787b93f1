"""Index of similar content under test that speaks CUT1 (docs/protocols/cut1.md, An index).

`process://program?arg=...` starts it. Its time is that of the host's clock, from the question to
the answer, pipes included.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from drivers.codecs import cut1
from drivers.cut1._program import Cut1Program
from drivers.limits import BenchLimits, refuse_outside
from drivers.links.link_programs import ProcessLink
from drivers.links.settings import ProcessSettings
from drivers.roles.similarity_index import Answers
from labctl import clock
from labctl.errors import LimitRefused
from labctl.evidence import Accuracy, Reading

_HEX = re.compile(r"[0-9A-Fa-f]+")
FEWEST, MOST = 4, 4096
"""Bits of a vector."""


class Cut1Index(Cut1Program):
    """An index at the end of `link`. Limit `items` (dimensionless): how many it is given."""

    settings: ClassVar[ProcessSettings] = ProcessSettings(timeout=60.0)
    limit_units: ClassVar[dict[str, str]] = {"items": "dimensionless"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = ()
    not_kept: ClassVar[tuple[str, ...]] = ("_bits", "_held")
    """A program that is started again holds nothing."""

    def __init__(self, link: ProcessLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._bits = self._held = 0

    async def make_index(self, bits: int) -> None:
        """An empty index for vectors of `bits` bits, a multiple of 4."""
        where = {"address": self.address, "command": "INDEX"}
        refuse_outside("vector", bits, FEWEST, MOST, "bits", **where)
        if bits % 4:
            raise LimitRefused(f"{bits} bits are no whole hexadecimal digits", **where)
        await self._talk.command(f"INDEX {bits}")
        self._bits, self._held = bits, 0

    async def add(self, vectors: Sequence[str]) -> None:
        """Hold `vectors` of hexadecimal digits, 4 bits each, as the next items."""
        self._refuse(vectors, "ADD")
        most = self._limits.get("items", 1e9)
        wanted = self._held + len(vectors)
        refuse_outside("index", wanted, 0, most, "items", address=self.address, command="ADD")
        line = " ".join(["ADD", str(self._held), *vectors])
        held = await self._talk.read(line, lambda answer: cut1.number(cut1.body(answer)))
        if held != wanted:
            raise self._talk.wrong(f"it holds {held} items, not {wanted}", line, str(held))
        self._held = held

    async def find(self, vectors: Sequence[str]) -> Answers:
        """What is similar to each of `vectors`; the time in s, pipes included.

        `InstrumentError` where an item is named that is not held, or twice.
        """
        self._refuse(vectors, "FIND")
        line = " ".join(["FIND", str(self._held), *vectors])
        began = clock.now()
        found = await self._talk.read(line, partial(cut1.items, count=len(vectors)))
        t, utc = clock.stamp()
        if any(len(set(one)) < len(one) or max(one, default=-1) >= self._held for one in found):
            what = "it names an item twice, or one that it does not hold"
            raise self._talk.wrong(what, line, str(found))
        elapsed = Reading(t - began, "s", t, utc, self.address, self.identity.serial)
        return Answers(tuple(found), elapsed)

    async def memory(self) -> Reading:
        """Resident memory in bytes that the program takes now."""
        value = float((await self._talk.link.measure()).memory)
        t, utc = clock.stamp()
        return Reading(value, "byte", t, utc, self.address, self.identity.serial)

    def _refuse(self, vectors: Sequence[str], command: str) -> None:
        whole = all(len(one) * 4 == self._bits and _HEX.fullmatch(one) for one in vectors)
        if not (1 <= len(vectors) <= cut1.MOST and whole):
            raise LimitRefused(
                f"{len(vectors)} vectors; 1 to {cut1.MOST} of {self._bits} bits can be",
                address=self.address,
                command=command,
            )


DRIVER = Cut1Index
