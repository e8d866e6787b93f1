"""Newport ESP301 motion controller with a UTS100CC stage on axis 1; axes 2 and 3 are empty.

The manuals that could be read: ESP300 user's manual, pages 3-86 (`ID`), 3-142 (`TS`) and 3-144
(`TX`), and the 8743-CL's, pages 73 and 113 (syntax of commands, `TB?` and its queue of ten). Error
numbers and texts, and how commands are spelled: drivers of pymeasure (ESP300) and InstrumentKit
(NewportESP301). Remembered from the ESP301 manual EDH0235En: which error a wrong parameter gives,
`PH`, `OR` modes, `VE`, decimals of numbers (FP), and that a line's answers come each on a line of
its own with CR LF.

Commands: AB AC AG AU DH DP DV FP ID MD MF MO MT MV OH OL OR PA PH PR SH SL SN SR ST TB TE TP TS
TV TX VA VE VU WS WT. Programs, groups, jogging, S-curves, I/O, other units than mm and settings of
the servo are left out: they are unknown commands (error 6). `WS` and `WT` hold back all that comes
after them, as the real controller does.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from sim_backends.emulators.newport import errors
from sim_backends.emulators.newport.axis import Axis
from sim_backends.emulators.newport.commands import Commands, parse
from sim_backends.emulators.newport.errors import Errors, Refused
from sim_backends.emulators.outbox import Outbox
from sim_backends.models.linear_axis import AxisPort, LinearAxis

CHARACTER = 10 / 19200
"""Seconds of one character at 19200 baud, 8N1."""

LATENCY = 5e-3
"""Seconds between a command and its answer (remembered)."""

LONGEST = 80
"""Characters of a command line; a longer one is refused (remembered)."""

AXES = 3


@dataclass
class Hold:
    """Commands wait until `axis` stands (None: for none), and `delay` s more."""

    axis: Axis | None
    delay: float
    since: float

    def until(self, t: float) -> float | None:
        """When it ends; None while the axis moves."""
        if self.axis is not None and self.axis.moving:
            self.since = t
            return None
        return self.since + self.delay


class Esp301:
    """One controller with the axis of `port`; its motors are off."""

    def __init__(self, port: AxisPort, *, serial: str, rng: np.random.Generator) -> None:
        self.serial = serial
        self.errors = Errors()
        self.axes = [self._axis(1, port, rng)]
        self.axes += [self._axis(number, None, rng) for number in range(2, AXES + 1)]
        self.t = 0.0
        self._commands = Commands(self)
        self._queue: deque[str] = deque()
        self._hold: Hold | None = None
        self._line = b""
        self._outbox = Outbox()

    def _axis(self, number: int, port: AxisPort | None, rng: np.random.Generator) -> Axis:
        def report(code: int, t: float) -> None:
            self.errors.add(code, t, number)

        if port is None:
            return Axis(LinearAxis(), rng, report, connected=False)
        return Axis(port, rng, report)

    # Emulator

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream: lines end with CR, LF is ignored."""
        self._advance(t)
        *lines, rest = (self._line + data.replace(b"\n", b"")).split(b"\r")
        self._line = rest[: LONGEST + 1]
        for line in lines:
            if len(line) > LONGEST or not line.isascii():
                self.errors.add(errors.UNKNOWN, t)
            else:
                self._queue += [each for each in line.decode("ascii").split(";") if each.strip()]
        self._drain()

    def due(self) -> float | None:
        """When the next answer has left, a carriage is looked at or a wait ends."""
        times = [self._outbox.due(), *(axis.due() for axis in self.axes)]
        if self._hold is not None:
            times.append(self._hold.until(self.t))
        return min((t for t in times if t is not None), default=None)

    def send(self, t: float) -> bytes:
        """Do all that is due until `t`; the bytes that have left by then."""
        self._advance(t)
        self._drain()
        return self._outbox.take(t)

    @property
    def answering(self) -> bool:
        """Whether an answer is on its way: moving is none."""
        return len(self._outbox) > 0 or bool(self._queue)

    def clear(self, t: float) -> None:
        """A broken line: half a line, waiting commands and answers are lost; motion goes on."""
        self._advance(t)
        self._line, self._hold = b"", None
        self._queue.clear()
        self._outbox.clear()

    # Work

    def hold(self, axis: Axis | None, delay: float) -> None:
        """Let the commands that follow wait until `axis` stands, and `delay` s more."""
        self._hold = Hold(axis, delay, self.t)

    def _advance(self, t: float) -> None:
        for axis in self.axes:
            axis.advance(t)
        self.t = max(self.t, t)

    def _drain(self) -> None:
        while self._queue:
            if self._held():
                return
            self._execute(self._queue.popleft())
        self._held()

    def _held(self) -> bool:
        """Whether commands still wait; a wait that has ended is forgotten."""
        until = self.t if self._hold is None else self._hold.until(self.t)
        if until is not None and until <= self.t:
            self._hold = None
        return self._hold is not None

    def _execute(self, text: str) -> None:
        number = 0
        try:
            command = parse(text)
            number = command.axis
            answer = self._commands.execute(command)
        except Refused as refused:
            self.errors.add(refused.code, self.t, number if refused.of_axis else 0)
            return
        if answer is not None:
            data = answer.encode("latin-1") + b"\r\n"
            self._outbox.put(data, self.t + LATENCY + CHARACTER * (len(text) + len(data)))


EMULATOR = Esp301
