"""Thorlabs SC10 shutter controller with a beam shutter, on its serial port, 9600 baud.

Written from the keywords of the operating manual as other parties list them (a pyvisa class that
quotes the table, InstrumentKit's SC10, a Tango server): `id?`, `ens` toggles the shutter's enable,
`ens?` tells it, `mode=n` (1 manual, 2 auto, 3 single, 4 repeat, 5 external gate), `rep`, `trig`,
`xto`, `open`, `shut` in ms, `closed?` (1 when the blade's sensor says closed), `interlock?` (1 when
it is tripped). A command ends with CR, is repeated, and `> ` ends the answer; an unknown one gives
`Command error CMD_NOT_DEFINED`, a bad argument `Command error CMD_ARG_INVALID`. The identity
`THORLABS SC10 VERSION 1.07` stands in a user's program. Assumed: 20 ms of travel, the bounds of the
settings; a tripped interlock takes the enable away. Modes 2 to 5 are kept and do nothing.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from sim_backends.emulators.text_lines import TextLines

IDENTITY = "THORLABS SC10 VERSION 1.07"
TRAVEL = 20e-3
"""Seconds of the blade."""

BOUNDS = {"mode": (1, 5), "rep": (1, 99), "trig": (0, 1), "xto": (0, 1)} | dict.fromkeys(
    ("open", "shut"), (10, 999_999)
)
NOT_DEFINED, INVALID = "Command error CMD_NOT_DEFINED", "Command error CMD_ARG_INVALID"


class ShutterPort(Protocol):
    """A blade in a beam, and the contact of an interlock. Times are run time in s."""

    def shutter(self, is_open: bool, t: float) -> None:
        """From `t` on light passes or not."""
        ...

    def interlocked(self, t: float) -> bool:
        """Whether the interlock is tripped at `t`."""
        ...


class Sc10(TextLines):
    """One controller with the blade at `port`."""

    def __init__(self, port: ShutterPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__()
        self._port = port
        self._values = {"mode": 1, "rep": 1, "trig": 0, "xto": 0, "open": 100, "shut": 100}
        self._enabled = False
        self._moved = -TRAVEL

    def answer(self, line: str, t: float) -> str:
        """The command repeated, what it is answered with, and the prompt."""
        said = self._said(line, t)
        return f"{line}\r{said}\r> " if said else f"{line}\r> "

    def _said(self, line: str, t: float) -> str:
        if self._port.interlocked(t) and self._enabled:
            self._move(False, t - TRAVEL)
        flags = {
            "ens?": self._enabled,
            "closed?": not self._enabled and t >= self._moved + TRAVEL,
            "interlock?": self._port.interlocked(t),
        }
        if line in flags:
            return str(int(flags[line]))
        if line == "id?":
            return IDENTITY
        if line == "ens":
            if self._enabled or not self._port.interlocked(t):
                self._move(not self._enabled, t)
            return ""
        if line.endswith("?") and line[:-1] in self._values:
            return str(self._values[line[:-1]])
        return self._set(line)

    def _set(self, line: str) -> str:
        word, equals, digits = line.partition("=")
        if not equals or word not in BOUNDS:
            return NOT_DEFINED
        low, high = BOUNDS[word]
        if not (digits.isascii() and digits.isdecimal()) or not low <= int(digits) <= high:
            return INVALID
        self._values[word] = int(digits)
        return ""

    def _move(self, is_open: bool, t: float) -> None:
        self._enabled, self._moved = is_open, t
        self._port.shutter(is_open, max(t, self._t))


EMULATOR = Sc10
