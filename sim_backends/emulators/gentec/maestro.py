"""Gentec-EO Maestro laser power monitor with a photodiode head, star commands, at the wire.

Written from the user's manual, revision 8.1 (pages 57, 63, 64, 70, 81 and 83), and the PC-Gentec-EO
manual, page 58, for `*STS`. A command is a star, three letters in any case and parameters of fixed
length without a space; it needs no terminator, and CR and LF are passed over. Answers end with
CR LF. Where the manual's column "Return" is empty (all settings here but `*ANO` and `*DBU`) nothing
is answered. Numbers are answered with their names as the manual's examples print them
(`Current Value : 0.00500095`); firmware of other makes of the family sends bare numbers, and some
acknowledges with `ACK`: `terse` and `acknowledges`.

Remembered or assumed: the names before trigger level, anticipation, mode and wavelength (`PWC`, as
the Integra answers), the texts of errors, ten new values a second, and that a value stays at 110 %
of a scale that is too low. Not modelled: energy and single shots, statistics (`*VSU`), binary mode,
`*ST2`, `*EAD`, an attenuator, and heads that are exchanged. The zero offset (`*SOU`) takes away
what is shown at that moment, lit or not.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from sim_backends.emulators.accuracy import Channel
from sim_backends.emulators.gentec import maestro_head as head
from sim_backends.emulators.gentec.maestro_commands import (
    UNKNOWN,
    Handler,
    Values,
    build,
    delivered,
)
from sim_backends.emulators.outbox import Outbox
from sim_backends.models.reference.photodiode import Photodiode
from sim_backends.models.reference.steady_beam import BeamPort

LATENCY = 20e-3
PERIOD = 0.1
"""Seconds between two values."""


class Maestro:
    """One monitor with its head in the beam at `port`."""

    def __init__(
        self, port: BeamPort, *, serial: str, rng: np.random.Generator,
        terse: bool = False, acknowledges: bool = False,
    ) -> None:  # fmt: skip
        self.serial = serial
        self.terse, self.acknowledges = terse, acknowledges
        self._diode = Photodiode(port, head.LIMITS, rng)
        self._monitor = Channel(head.SPECS, rng)
        self._outbox = Outbox()
        self._waiting: deque[tuple[float, Handler, str]] = deque()
        self._text: str | None = None
        self._t = 0.0
        self._seen = -1
        self.stream: float | None = None
        self.values: Values = delivered()
        self._commands = build(self)

    # Emulator

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream."""
        self._t = max(self._t, t)
        for byte in data:
            self._take(chr(byte))

    def due(self) -> float | None:
        """When the next command is executed or the next value of a download leaves."""
        times = [self._outbox.due(), self.stream, self._waiting[0][0] if self._waiting else None]
        return min((time for time in times if time is not None), default=None)

    def send(self, t: float) -> bytes:
        """The bytes that have left by `t`."""
        while self._waiting and self._waiting[0][0] <= t:
            self._execute(*self._waiting.popleft())
        self._t = t
        while self.stream is not None and self.stream <= t:
            self._outbox.put(f"{self._value(self.stream):.6g}\r\n".encode("ascii"), self.stream)
            self.stream += PERIOD
            if self.stream < t - PERIOD:
                self.stream = t
        return self._outbox.take(t)

    def clear(self, t: float) -> None:
        """A broken line: half a command and waiting answers are lost, a download ends."""
        self._text, self.stream = None, None
        self._waiting.clear()
        self._outbox.clear()

    # Commands

    def _take(self, char: str) -> None:
        if char == "*":
            self._text = ""
            return
        if self._text is None:
            return
        ended = char in "\r\n"
        if not ended:
            self._text += char
        name = self._text[:3].upper()
        known = self._commands.get(name)
        if known is None:
            if len(self._text) >= 3 or ended:
                self._finish(lambda _: [UNKNOWN])
        elif ended or len(self._text) >= 3 + known[0]:
            self._finish(known[1])

    def _finish(self, handler: Handler) -> None:
        """The command is whole: it is executed after the latency, and answered then."""
        parameters = (self._text or "")[3:]
        self._text = None
        self._waiting.append((self._t + LATENCY, handler, parameters))

    def _execute(self, t: float, handler: Handler, parameters: str) -> None:
        self._t = t
        data = "".join(f"{line}\r\n" for line in handler(parameters)).encode("ascii")
        if data:
            self._outbox.put(data, t)

    # What commands use

    def set_scale(self, index: int) -> None:
        """The scale of `index`; autoscale ends."""
        self.values["scale"] = min(max(index, head.LOWEST), head.HIGHEST)
        self.values["auto"] = 0

    def set_zero(self, on: bool) -> None:
        """Take away what is shown now, or no more."""
        self.values["zero"] = self._shown(self._t) if on else 0.0
        self.values["zeroed"] = int(on)

    def download(self, on: bool) -> None:
        """Send each new value from now on, or no more."""
        self.stream = self._t + PERIOD if on else None

    @property
    def fresh(self) -> bool:
        """Whether there is a value that was not asked for yet."""
        return int(self._t / PERIOD) > self._seen

    def read(self) -> float:
        """The value shown, in W."""
        self._seen = int(self._t / PERIOD)
        return self._value(self._t)

    # Measuring

    def _value(self, t: float) -> float:
        """Zero offset first, then multiplier and offset (page 70)."""
        values = self.values
        return (self._shown(t) - values["zero"]) * values["multiplier"] + values["offset"]

    def _shown(self, t: float) -> float:
        power = self._diode.power(self.values["wavelength"], t)
        if self.values["auto"]:
            self.values["scale"] = head.LOWEST + self._monitor.fit(power)
        index = int(self.values["scale"])
        most = head.SATURATION * head.scale(index)
        return min(self._monitor.convert(power, index - head.LOWEST), most)


EMULATOR = Maestro
