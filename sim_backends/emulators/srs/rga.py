"""Stanford Research Systems RGA200 residual gas analyzer on RS232, 28800 baud.

Written from the RGA manual, chapter 6, "Programming the RGA Head" (pages 6-7, 6-8, 6-14, 6-20 to
6-26, the command set on 6-29 to 6-62, error bytes on 6-69), the communication errors as the same
text stands in the QMS 100 manual (3-7), and the maker's open library srsinst.rga 0.3 for ranges,
error bits and the form of numbers. The ID string has a five-digit serial number in the manual; here
it has the simulated one, so that no run takes this head for a real one.

What the real head does and this one does not: the filament protection looks with each command and
each piece of a scan, not all the time; the electron and ion energy and the focus voltage change
nothing; tuning parameters are kept without effect; degassing heats no wall; checks of power supply,
electrometer and mass filter always pass; RTS/CTS is not seen. A command with a communication error
is not answered at all. Total pressure is sent as zero while the multiplier is on. What IN1 and IN2
reset is remembered, as is the answer of CE.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from sim_backends.emulators.outbox import Outbox
from sim_backends.emulators.srs import specs
from sim_backends.emulators.srs.commands import OVERWRITE, TOO_LONG, Commands
from sim_backends.emulators.srs.head import Head
from sim_backends.emulators.srs.scans import Scan
from sim_backends.emulators.srs.settings import STORED, settings
from sim_backends.models.residual_gas import VacuumPort

HIGHEST_MASS = 200
LONGEST, BUFFER = 13, 140
"""Characters of a command, and of all commands that wait."""


class Rga:
    """One head looking into the chamber at `port`; fits `Emulator`.

    `has_multiplier`: with the electron multiplier (option 01).
    """

    def __init__(
        self,
        port: VacuumPort,
        *,
        serial: str,
        rng: np.random.Generator,
        has_multiplier: bool = True,
    ) -> None:
        self.serial = serial
        table = settings(HIGHEST_MASS)
        self.values = {name: one.default or 0.0 for name, one in table.items()} | STORED
        self.head = Head(port, self.values, rng)
        self._commands = Commands(
            self.head, table, self.values, serial=serial, highest_mass=HIGHEST_MASS,
            has_multiplier=has_multiplier,
        )  # fmt: skip
        self._line = bytearray()
        self._waiting: deque[tuple[float, str]] = deque()
        self._busy = 0.0
        self._breakable = False
        self._scan: Scan | None = None
        self._outbox = Outbox()

    # Emulator

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream; CR ends a command, LF is ignored."""
        self._advance(t)
        for byte in data:
            if byte == 0x0D:
                self._end_line(t)
            elif byte != 0x0A:
                self._line.append(byte)
                if len(self._line) > LONGEST:
                    self._line.clear()
                    self._commands.line_errors |= TOO_LONG

    def due(self) -> float | None:
        """When the next bytes leave, a scan goes on, or a waiting command is executed."""
        times = [self._outbox.due(), self._scan.due if self._scan else None]
        if self._waiting:
            times.append(self._busy)
        return min((t for t in times if t is not None), default=None)

    def send(self, t: float) -> bytes:
        """Do all that is due until `t`; the bytes that have left by then."""
        self._advance(t)
        return self._outbox.take(t)

    @property
    def answering(self) -> bool:
        """Whether an answer or a scan is on its way."""
        return len(self._outbox) > 0 or self._scan is not None

    def clear(self, t: float) -> None:
        """A broken line: half a command and unsent bytes are lost, a scan ends."""
        self._advance(t)
        self._line.clear()
        self._waiting.clear()
        self._stop()

    # Commands

    def _end_line(self, t: float) -> None:
        text = bytes(self._line).decode("latin-1")
        self._line.clear()
        if not text:
            return
        if self._breakable:
            self._stop()
            self._busy = min(self._busy, t)
        if sum(len(waiting) + 1 for _, waiting in self._waiting) + len(text) > BUFFER:
            self._commands.line_errors |= OVERWRITE
            return
        self._waiting.append((t, text))
        self._advance(t)

    def _stop(self) -> None:
        self._scan = None
        self._breakable = False
        self._outbox.clear()

    def _advance(self, t: float) -> None:
        while self._scan is not None and self._scan.due <= t:
            self._go_on(self._scan)
        while self._waiting and self._busy <= t:
            arrived, text = self._waiting.popleft()
            self._execute(text, max(arrived, self._busy))

    def _go_on(self, scan: Scan) -> None:
        due = scan.due
        self.head.protect(due)
        self._outbox.put(scan.piece(), due + specs.WORD_TIME)
        if scan.ended:
            self._scan, self._breakable = None, False

    def _execute(self, text: str, t: float) -> None:
        self.head.protect(t)
        outcome = self._commands.execute(text, t)
        self._busy = t + outcome.after
        self._scan, self._breakable = outcome.scan, outcome.breakable
        if outcome.data:
            self._outbox.put(outcome.data, self._busy + specs.BYTE_TIME * len(outcome.data))


EMULATOR = Rga
