"""Talking to an F4T: numbers and words by name, written with read-back."""

from __future__ import annotations

import math

from drivers.links.link import RegisterLink
from drivers.remedies import LOOK
from drivers.watlow import _f4t_registers as registers
from labctl import clock
from labctl.errors import InstrumentError

CLOSE = 1e-4
"""A 32-bit value reads back to within this part of itself, or this much."""

SETTLE, POLL = 5.0, 0.25
"""Seconds that the loop is given to follow a word, and between two looks."""


class F4T:
    """Registers of the controller at the end of `link`, 32-bit values in word order `order`."""

    def __init__(self, link: RegisterLink, order: registers.WordOrder) -> None:
        self.link = link
        self.order = order
        self._map = registers.register_map(order)

    @property
    def address(self) -> str:
        """The link's address."""
        return self.link.address

    async def number(self, name: str) -> float:
        """The finite value of `name`; `InstrumentError` for anything else."""
        value = (await self._map.read(self.link, [name]))[name]
        if not isinstance(value, int | float) or not math.isfinite(value):
            raise self.wrong(
                f"{name} is no number",
                self.reading(name),
                str(value),
                "check sensor and wires; see the controller's screen",
            )
        return float(value)

    async def word(self, name: str) -> int:
        """The word of `name`, by the numbers of the user's guide."""
        return int(await self.number(name))

    async def text(self, register: int, length: int) -> str:
        """A text with one character a register; `InstrumentError` where it is none."""
        words = await self.link.read_holding(register, length)
        while words and words[-1] == 0:
            words.pop()
        found = "".join(map(chr, words))
        if not found.isascii() or not found.isprintable():
            raise self.wrong("this is no text", f"read {register} x{length}", str(words))
        return found.strip()

    async def put(self, name: str, value: float) -> None:
        """Write `value` to `name` and read it back; `InstrumentError` where it was not taken."""
        await self._map.write(self.link, name, value)
        found = await self.number(name)
        if abs(found - value) > CLOSE * max(1.0, abs(value)):
            raise self.wrong(
                f"{name} was not taken",
                self.reading(name),
                f"{found:g}",
                f"expected {value:g}; see the limits and locks on the controller's screen",
            )

    async def command(self, name: str, word: int) -> None:
        """Write a word that the controller takes back to none when it has acted."""
        await self._map.write(self.link, name, word)

    async def until(self, name: str, wanted: float, otherwise: str) -> None:
        """Wait until `name` is `wanted`; `InstrumentError` says `otherwise`."""
        end = clock.now() + SETTLE
        while (found := await self.number(name)) != wanted:
            if clock.now() >= end:
                raise self.wrong(
                    otherwise, self.reading(name), f"{found:g}", "switch the chamber off by hand"
                )
            await clock.sleep(POLL)

    def reading(self, name: str) -> str:
        """What an error calls the reading of `name`."""
        return f"read {self._map.fields[name].register} ({name})"

    def wrong(self, what: str, command: str, answer: str, remedy: str = LOOK) -> InstrumentError:
        """The error that says that the controller answered wrongly."""
        return InstrumentError(
            what, address=self.address, command=command, answer=answer, remedy=remedy
        )
