"""Mitutoyo Digimatic caliper CD-15APX on a USB input tool USB-ITN as virtual COM port, 9600 8N1.

Answers `01A`, sign, eight characters with a floating point, CR, as "USB Data Output Specification"
of the QM-Height manual 99MAF600B (page 61) has it for the same output: 0.123 mm is `01A+0000.123`
with three decimals, so 12.34 mm is `01A+00012.34`. The request `1` CR (number of the channel) and
the error `911` CR (error 1 of channel 1: the gauge gave no data) are those of the multiplexer
MUX-10F and its successors, remembered; so are the limits of the caliper: 150 mm, 0.01 mm,
+-0.02 mm, repeatability 0.01 mm.

Any other command is ignored in silence. The DATA key (`press`) sends the same line unasked.

What the real one does and this one does not: inches, ABS and INC zero, the unit of the display,
which the line does not tell; the caliper's battery alarm; identification, of which there is none.
"""

from __future__ import annotations

import math

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.outbox import Outbox
from sim_backends.models.gauged_length import LengthPort

REACH = 150.0
"""Largest length in mm."""

OPEN = 155.0
"""mm at the stop of the slider; nothing longer fits in (assumed)."""

DIGIT = 0.01
"""Resolution in mm."""

ACCURACY = Spec(range=OPEN, gain=0.0, offset=0.02, noise=0.004)
"""Limit of error 0.02 mm; scatter so that few closings differ by more than a digit."""

REQUEST = b"1"
NO_DATA = "911"
CHARACTER = 10 / 9600
LATENCY = 0.1
"""Seconds in which the gauge shifts out its 52 bits after a request (T1 and 13 digits, assumed)."""

LONGEST = 32
"""Characters of a command that never ends."""


class Digimatic:
    """One caliper whose jaws are closed on `port`. Its serial number stands on the beam alone."""

    def __init__(self, port: LengthPort, *, serial: str, rng: np.random.Generator) -> None:
        self.serial = serial
        self._port = port
        self._scale = Channel([ACCURACY], rng)
        self._rest = b""
        self._outbox = Outbox()

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream."""
        *lines, rest = (self._rest + data.replace(b"\n", b"")).split(b"\r")
        self._rest = rest[-LONGEST:]
        for line in lines:
            if line == REQUEST:
                self._say(t + CHARACTER * 2)

    def due(self) -> float | None:
        """When the next line has left."""
        return self._outbox.due()

    def send(self, t: float) -> bytes:
        """The bytes that have left by `t`."""
        return self._outbox.take(t)

    @property
    def answering(self) -> bool:
        """Whether a line is on its way."""
        return len(self._outbox) > 0

    def clear(self, t: float) -> None:
        """Half a command and lines on their way are lost."""
        self._rest = b""
        self._outbox.clear()

    def power_on(self, t: float) -> None:
        """The input tool is plugged in again; the caliper has its own battery."""
        self.clear(t)

    def press(self, t: float) -> None:
        """Somebody presses DATA."""
        self._say(t)

    def _say(self, t: float) -> None:
        data = self._line(t).encode("ascii") + b"\r"
        self._outbox.put(data, t + LATENCY + CHARACTER * len(data))

    def _line(self, t: float) -> str:
        true = self._port.length(t) * 1e3
        if math.isnan(true):
            return NO_DATA
        digits = round(self._scale.convert(min(true, OPEN), 0) / DIGIT)
        return f"01A{'-' if digits < 0 else '+'}{abs(digits) * DIGIT:08.2f}"


EMULATOR = Digimatic
