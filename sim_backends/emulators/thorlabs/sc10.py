"""Thorlabs SC10 shutter controller with an SH05 in a laser's beam, at the wire.

By the list of commands in the SC10 operating manual (command line interface, 9600 baud 8N1) as
other parties' drivers quote it: InstrumentKit's sc10.py (id? ens mode rep trig xto open shut closed
interlock baud savp save resp default; modes 1 manual to 5 external; closed? 1 is shut, interlock? 1
is tripped) and its tests (what was sent comes back, answers end with CR, the prompt is `> `). `ens`
toggles the enable. Remembered: `Command error CMD_NOT_DEFINED` and `Command error CMD_ARG_INVALID`,
that a tripped interlock takes the enable away and that it stays off when the interlock closes.

Only the manual mode moves the blade. Left out: the programs of the other modes (their settings are
kept), triggers, storing, the change of the baud rate, the buttons of the front.
"""

from __future__ import annotations

import numpy as np

from sim_backends.emulators.outbox import Outbox
from sim_backends.models.beam_shutter import ShutterPort

CHARACTER = 10 / 9600
LATENCY = 5e-3
"""Seconds between a command and its answer (assumed)."""

TRAVEL = 10e-3
"""Seconds in which the blade moves (an SH05's data sheet, remembered)."""

LONGEST = 64
MANUAL = 1
LIMITS = {
    "mode": (1, 5), "rep": (1, 99), "trig": (0, 1), "xto": (0, 1), "open": (0, 999999),
    "shut": (0, 999999), "baud": (0, 1),
}  # fmt: skip
"""Settings with their lowest and highest value."""

DELIVERED = {"mode": 1, "rep": 1, "trig": 0, "xto": 0, "open": 100, "shut": 100, "baud": 0}
UNKNOWN, INVALID = "Command error CMD_NOT_DEFINED", "Command error CMD_ARG_INVALID"


class SC10:
    """One controller, just switched on: shut. It tells no serial number."""

    def __init__(self, port: ShutterPort, *, serial: str, rng: np.random.Generator) -> None:
        self.serial = serial
        self._port = port
        self._enabled = self._up = False
        self._since = -TRAVEL
        self._settings = dict(DELIVERED)
        self._rest = b""
        self._outbox = Outbox()

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream: commands end with CR."""
        *lines, rest = (self._rest + data.replace(b"\n", b"")).split(b"\r")
        self._rest = rest[-LONGEST:]
        for line in lines:
            text = line.decode("ascii", "replace")
            words = self._execute(text.strip().lower(), t)
            said = "".join(f"{word}\r" for word in (text, *words)) + "> "
            data = said.encode("ascii", "replace")
            self._outbox.put(data, t + LATENCY + CHARACTER * len(data))

    def due(self) -> float | None:
        """When the next answer has left."""
        return self._outbox.due()

    def send(self, t: float) -> bytes:
        """The bytes that have left by `t`."""
        self._interlock(t)
        return self._outbox.take(t)

    @property
    def answering(self) -> bool:
        """Whether an answer is on its way."""
        return len(self._outbox) > 0

    def clear(self, t: float) -> None:
        """Half a command and answers on their way are lost."""
        self._rest = b""
        self._outbox.clear()

    def power_on(self, t: float) -> None:
        """Switched on again: the spring has shut the blade."""
        self.clear(t)
        self._settings = dict(DELIVERED)
        self._set(False, t)

    def _execute(self, text: str, t: float) -> list[str]:
        self._interlock(t)
        name, equals, value = text.partition("=")
        if equals:
            return self._setting(name.strip(), value.strip(), t)
        if text == "ens":
            self._set(not self._enabled, t)
            return []
        told = {
            "id?": "THORLABS SC10 VERSION 1.07",
            "*idn?": "THORLABS SC10 VERSION 1.07",
            "ens?": str(int(self._enabled)),
            "closed?": str(int(not self._up and t >= self._since + TRAVEL)),
            "interlock?": str(int(self._port.interlocked(t))),
        }
        told |= {f"{key}?": str(number) for key, number in self._settings.items()}
        return [] if not text else [told.get(text, UNKNOWN)]

    def _setting(self, name: str, value: str, t: float) -> list[str]:
        if name not in LIMITS:
            return [UNKNOWN]
        low, high = LIMITS[name]
        if not value.isdecimal() or not low <= int(value) <= high:
            return [INVALID]
        self._settings[name] = int(value)
        self._set(self._enabled, t)
        return []

    def _interlock(self, t: float) -> None:
        """A tripped interlock takes the enable away. It tripped between two looks: by now the blade
        has moved."""
        if self._enabled and self._port.interlocked(t):
            self._set(False, t)
            self._since = t - TRAVEL

    def _set(self, enabled: bool, t: float) -> None:
        self._enabled = enabled and not self._port.interlocked(t)
        up = self._enabled and self._settings["mode"] == MANUAL
        if up != self._up:
            self._up, self._since = up, t
            self._port.shutter(up, t)


EMULATOR = SC10
