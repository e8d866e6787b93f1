"""New Era NE-1000 syringe pump on a serial line, Basic mode.

NE-1000 user manual V3.9 (publication 1200-01): quick start (19200 baud, 8N1; a command ends with
CR, spaces are ignored, letters in any case), 5.3-5.7 (diameter, rate, direction, volume, volume
dispensed), 10.2 (syntax of commands and answers: STX, two digits of address, status, data, ETX),
10.3 (`?`, `?NA`, `?OOR`; an alarm is answered once and is acknowledged by that), 10.4 (commands).
Speeds and the accuracy of +-1 % by the specifications, remembered; as are the times of the line.

Commands: DIA RAT VOL DIR RUN STP DIS CLD VER, and an empty one for the status. One phase; the Safe
mode, triggers, buzzer, key lock and stored programs are left out and answered with `?`.
"""

from __future__ import annotations

import re

import numpy as np

from sim_backends.emulators.new_era.commands import UNKNOWN, Commands
from sim_backends.emulators.new_era.plunger import Plunger
from sim_backends.emulators.outbox import Outbox
from sim_backends.models.syringe import SyringePort

CHARACTER = 10 / 19200
"""Seconds of one character at 19200 baud, 8N1."""

LATENCY = 10e-3
"""Seconds between a command and its answer (remembered)."""

LONGEST = 64
"""Characters of a command that are kept (remembered)."""

RESET = "A?R"
"""The alarm after power was interrupted."""

_COMMAND = re.compile(r"(\d{0,2})(.*)", re.ASCII)


class NewEraNE1000:
    """One pump at `address` 0 with the syringe of `port`, just switched on."""

    def __init__(
        self, port: SyringePort, *, serial: str, rng: np.random.Generator, address: int = 0
    ) -> None:
        self.serial = serial
        self.address = address
        self._plunger = Plunger(port, rng)
        self._commands = Commands(self._plunger)
        self._alarm = RESET
        self._line = b""
        self._outbox = Outbox()

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream: commands end with CR."""
        self._advance(t)
        *lines, rest = (self._line + data).split(b"\r")
        self._line = rest[: LONGEST + 1]
        for line in lines:
            self._take(line, t)

    def due(self) -> float | None:
        """When the next answer has left, or the volume is dispensed."""
        times = (self._outbox.due(), self._plunger.ends())
        return min((t for t in times if t is not None), default=None)

    def send(self, t: float) -> bytes:
        """Do all that is due until `t`; the bytes that have left by then."""
        self._advance(t)
        return self._outbox.take(t)

    @property
    def answering(self) -> bool:
        """Whether an answer is on its way: pumping is none."""
        return len(self._outbox) > 0

    def clear(self, t: float) -> None:
        """A broken line: half a command and answers are lost; pumping goes on."""
        self._advance(t)
        self._line = b""
        self._outbox.clear()

    def _advance(self, t: float) -> None:
        if self._plunger.advance(t):
            self._commands.finish()

    def _take(self, line: bytes, t: float) -> None:
        text = "".join(chr(one) for one in line if 0x20 < one < 0x7F).upper()
        found = _COMMAND.fullmatch(text)
        if found is None or int(found[1] or 0) != self.address:
            return
        answer = self._answer(found[2], t)
        frame = f"\x02{self.address:02d}{answer}\x03".encode("ascii")
        self._outbox.put(frame, t + LATENCY + CHARACTER * (len(line) + 1 + len(frame)))

    def _answer(self, command: str, t: float) -> str:
        if self._alarm:
            alarm, self._alarm = self._alarm, ""
            return alarm
        data = self._commands.execute(command, t) if command else ""
        return self._commands.state + data if len(command) < LONGEST else f"S{UNKNOWN}"


EMULATOR = NewEraNE1000
