"""An index of similar content that speaks CUT1 (docs/protocols/cut1.md, An index)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from sim_backends.emulators.cut1.line import MOST, Command, Cut1Program, Refusal, Refused, whole
from sim_backends.models.software.index import Bits, RunningIndex, words

FEWEST, LONGEST, STEP = 4, 4096, 4
"""Bits of a vector, and in what they come."""

ROOM = 10**6
"""Items that an index holds."""

_HEX = re.compile(r"[0-9A-Fa-f]+")


class IndexProgram(Cut1Program):
    """A program whose index is `port`."""

    def __init__(self, port: RunningIndex, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__("content-index", serial)
        self.port = port
        self._commands: dict[str, Command] = {
            "INDEX": self._make,
            "ADD": self._add,
            "FIND": self._find,
        }

    def commands(self) -> Mapping[str, Command]:
        """What it serves."""
        return self._commands

    def restart(self) -> None:
        """No index is made yet."""
        self.port.restart()

    def _make(self, arguments: list[str]) -> tuple[str, float]:
        if len(arguments) != 1:
            raise Refused(Refusal.ARGUMENT)
        bits = whole(arguments[0], FEWEST, LONGEST, Refusal.ROOM)
        if bits % STEP:
            raise Refused(Refusal.ARGUMENT)
        self.port.make(bits)
        return "OK", 0.0

    def _add(self, arguments: list[str]) -> tuple[str, float]:
        vectors = self._vectors(arguments)
        if self.port.held + len(vectors) > ROOM:
            raise Refused(Refusal.ROOM)
        self.port.add(vectors)
        return f"= {self.port.held}", 0.0

    def _find(self, arguments: list[str]) -> tuple[str, float]:
        found, work = self.port.find(self._vectors(arguments))
        return "= " + " ".join(_told(items) for items in found), work

    def _vectors(self, arguments: Sequence[str]) -> Bits:
        """Packed vectors of a command, whose first field is how many items are held."""
        if not 2 <= len(arguments) <= MOST + 1:
            raise Refused(Refusal.ARGUMENT)
        count = whole(arguments[0], 0, ROOM)
        if not self.port.bits:
            raise Refused(Refusal.STATE)
        digits = self.port.bits // STEP
        if any(len(one) != digits or not _HEX.fullmatch(one) for one in arguments[1:]):
            raise Refused(Refusal.ARGUMENT)
        if count != self.port.held:
            raise Refused(Refusal.STATE)
        width = words(self.port.bits)
        data = bytes.fromhex("".join(one.ljust(16 * width, "0") for one in arguments[1:]))
        return np.frombuffer(data, dtype=np.uint64).reshape(-1, width)


def _told(items: Sequence[int]) -> str:
    return ",".join(map(str, items)) or "-"


EMULATOR = IndexProgram
