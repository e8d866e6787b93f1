"""Registers of a SITE1 controller read as numbers and names, and written with a read-back."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import ClassVar

from drivers.instrument import Instrument
from drivers.limits import BenchLimits
from drivers.links.link import RegisterLink
from drivers.links.registers import RegisterMap, Value
from drivers.site1._registers import MAP, block
from labctl.errors import Defect

CLOSE = 1e-6
"""Relative difference of a number that was taken: registers hold 24 bits of it."""


class SiteRegisters(Instrument):
    """A controller at the end of `link`, as far as its registers."""

    what: ClassVar[str] = "site controller"

    def __init__(self, link: RegisterLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._link = link
        self._plate: dict[str, float] = {}
        self._numbered = 0

    def _plate_of(self, name: str) -> float:
        """A number of the plate; `Defect` before `identify()`."""
        if not self._plate:
            raise Defect(f"the {self.what} was not identified", address=self.address)
        return self._plate[name]

    async def _read(self, names: Sequence[str], known: RegisterMap = MAP) -> dict[str, Value]:
        """Fields that lie together, of one moment."""
        return await known.read(self._link, names)

    def _number(self, row: dict[str, Value], name: str) -> float:
        value = row[name]
        if not isinstance(value, int | float) or not math.isfinite(value):
            raise self._wrong(f"{name} is no number", f"read {name}", str(value))
        return value

    def _names(self, row: dict[str, Value], name: str) -> frozenset[str]:
        value = row[name]
        if not isinstance(value, frozenset):
            raise self._wrong(f"{name} are no bits", f"read {name}", str(value))
        return value

    def _word(self, row: dict[str, Value], name: str, words: Sequence[str]) -> str:
        value = row[name]
        if not isinstance(value, int) or not 0 <= value < len(words):
            raise self._wrong(f"{name} is no known one", f"read {name}", str(value))
        return words[value]

    async def _put(self, values: dict[str, Value], known: RegisterMap = MAP) -> None:
        """Write values that lie together in one request, and read them back."""
        await self._send(values, known)
        self._compare(values, await self._read(tuple(values), known))

    def _compare(self, values: dict[str, Value], found: dict[str, Value]) -> None:
        for name, value in values.items():
            if not _is(found[name], value):
                raise self._wrong(f"{name} was not taken", f"{name} = {value}", str(found[name]))

    async def _send(self, values: dict[str, Value], known: RegisterMap = MAP) -> None:
        first = min(known.fields[name].register for name in values)
        await self._link.write_registers(first, block(known, first, values))


def _is(found: Value, value: Value) -> bool:
    if isinstance(value, int | float) and isinstance(found, int | float):
        return math.isclose(found, value, rel_tol=CLOSE, abs_tol=CLOSE)
    return found == value
