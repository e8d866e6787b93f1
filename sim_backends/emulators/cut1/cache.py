"""A cache system that speaks CUT1 (docs/protocols/cut1.md, A cache)."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from sim_backends.emulators.cut1.line import MOST, Command, Cut1Program, Refusal, Refused, whole
from sim_backends.models.software.cache import ACCESS, RunningCache

LARGEST = 10**12
"""Capacity beyond which there is no room."""


class CacheProgram(Cut1Program):
    """A program whose cache is `port`."""

    def __init__(self, port: RunningCache, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__("learned-cache", serial)
        self.port = port
        self._commands: dict[str, Command] = {"CACHE": self._make, "GO": self._go}

    def commands(self) -> Mapping[str, Command]:
        """What it serves."""
        return self._commands

    def restart(self) -> None:
        """No cache is made yet."""
        self.port.restart()

    def _make(self, arguments: list[str]) -> tuple[str, float]:
        if len(arguments) != 1:
            raise Refused(Refusal.ARGUMENT)
        self.port.make(whole(arguments[0], 1, LARGEST, Refusal.ROOM))
        return "OK", 0.0

    def _go(self, arguments: list[str]) -> tuple[str, float]:
        if not 2 <= len(arguments) <= MOST + 1:
            raise Refused(Refusal.ARGUMENT)
        count = whole(arguments[0], 0, LARGEST)
        accesses = [_access(text) for text in arguments[1:]]
        if not self.port.made or count != self.port.count:
            raise Refused(Refusal.STATE)
        outcomes = [self.port.access(*each) for each in accesses]
        return f"= {self.port.used} {' '.join(outcomes)}", ACCESS * len(accesses)


def _access(text: str) -> tuple[str, int, float]:
    key, *rest = text.split(":")
    if not key or len(rest) != 2:
        raise Refused(Refusal.ARGUMENT)
    try:
        feature = float(rest[1])
    except ValueError:
        raise Refused(Refusal.ARGUMENT) from None
    if not math.isfinite(feature):
        raise Refused(Refusal.ARGUMENT)
    return key, whole(rest[0], 1, LARGEST), feature


EMULATOR = CacheProgram
