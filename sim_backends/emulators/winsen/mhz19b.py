"""Winsen MH-Z19B infrared CO2 module on its UART, 9600 baud 8N1.

Written from the user's manual, versions 1.5 (2019-09-23) and 1.6 (2020-04-23). Commands: 0x86 read,
0x87 zero point, 0x88 span point, 0x79 self-calibration on or off, 0x99 detection range. Only 0x86
is answered ("no return value" for the others); frames with a wrong check, another address or an
unknown command are dropped in silence. Each day of self-calibration takes the lowest reading of the
last 24 h for 400 ppm; it is on as delivered.

Byte 4 of the answer is the temperature + 40 degC: the manual leaves bytes 4 to 7 open, modules in
the field and their drivers (pymh-z19b-serial 1.2.3, ESPHome) agree on it. Bytes 5 to 7 are 0.

What the real module does and this one does not: some firmware acknowledges 0x79, 0x87, 0x88 and
0x99 with a frame of its own (`acknowledges`); undocumented commands (0x85, 0xA0, 0x9B); the PWM and
analogue outputs; the HD pin; limits on how far self-calibration moves in one day. It measures every
5 s while the gas changes; at rest the period grows to 60 s, so that weeks cost little.
"""

from __future__ import annotations

import numpy as np

from sim_backends.emulators.outbox import Outbox
from sim_backends.emulators.winsen.frames import Framer, frame
from sim_backends.emulators.winsen.ndir import Cell
from sim_backends.models.gas import GasPort

ADDRESS = 0x01
READ, ZERO, SPAN, SELF_CALIBRATION, RANGE = 0x86, 0x87, 0x88, 0x79, 0x99
RANGES = (2000, 5000, 10000)
FRESH_AIR = 400.0
"""ppm that the zero point stands for."""

DAY = 86400.0
FRAME_TIME = 9 * 10 / 9600
LATENCY = 5e-3
"""Seconds between the end of a request and the start of its answer; not in the manual."""

PERIOD, LONGEST_PERIOD = 5.0, 60.0
_AT_REST = 2.0


class Mhz19b:
    """One module that breathes at `port`. It has no serial number that can be read.

    It has been running for long when it is first asked; `power_on` starts it anew.
    """

    def __init__(
        self,
        port: GasPort,
        *,
        serial: str,
        rng: np.random.Generator,
        acknowledges: bool = False,
    ) -> None:
        self.serial = serial
        self.acknowledges = acknowledges
        self.range = 5000
        self.self_calibrates = True
        self._zero, self._span = 0.0, 1.0
        self._cell = Cell(port, rng)
        self._framer = Framer()
        self._outbox = Outbox()
        self._reading = 0.0
        self._measured: float | None = None
        self._period = PERIOD
        self._lowest, self._day_began = float("inf"), 0.0

    # Emulator

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream."""
        for content in self._framer.feed(data, t):
            if content[0] == ADDRESS:
                answer = self._execute(content[1], content[2:], t)
                if answer:
                    self._outbox.put(answer, t + FRAME_TIME + LATENCY + FRAME_TIME)

    def due(self) -> float | None:
        """When the next answer has left or the next measurement is made."""
        step = 0.0 if self._measured is None else self._measured + self._period
        reply = self._outbox.due()
        return step if reply is None else min(reply, step)

    def send(self, t: float) -> bytes:
        """Do all that is due until `t`; the bytes that have left by then."""
        if self._measured is None or self._measured + self._period <= t:
            self._measure(t)
        return self._outbox.take(t)

    @property
    def answering(self) -> bool:
        """Whether an answer is on its way: measuring is none."""
        return len(self._outbox) > 0

    def clear(self, t: float) -> None:
        """Half a frame and waiting answers are lost."""
        self._framer.clear()
        self._outbox.clear()

    def power_on(self, t: float) -> None:
        """Power comes back at `t`: cold; calibration, range and switch are kept."""
        self.clear(t)
        self._cell.power_on(t)
        self._period = PERIOD
        self._measure(t)
        self._lowest, self._day_began = float("inf"), t

    # The module

    def _execute(self, command: int, data: bytes, t: float) -> bytes:
        self._refresh(t)
        if command == READ:
            ppm = round(min(max(self._corrected(), 0.0), self.range))
            warmth = min(max(round(self._cell.temperature(t)) + 40, 0), 255)
            return frame(bytes((READ, ppm >> 8, ppm & 0xFF, warmth, 0, 0, 0)))
        if not self._set(command, data, t):
            return b""
        return frame(bytes((command, 1, 0, 0, 0, 0, 0))) if self.acknowledges else b""

    def _set(self, command: int, data: bytes, t: float) -> bool:
        if command == ZERO:
            self._zero += (self._corrected() - FRESH_AIR) / self._span
        elif command == SPAN:
            return self._calibrate_span(int.from_bytes(data[:2], "big"))
        elif command == SELF_CALIBRATION and data[0] in (0xA0, 0x00):
            self.self_calibrates = data[0] == 0xA0
            self._lowest, self._day_began = float("inf"), t
        elif command == RANGE and int.from_bytes(data[1:5], "big") in RANGES:
            self.range = int.from_bytes(data[1:5], "big")
        else:
            return False
        return True

    def _calibrate_span(self, ppm: int) -> bool:
        """The manual asks for 1000 ppm at least; less is ignored, and so is a span in fresh air."""
        above = self._reading - self._zero - FRESH_AIR
        if ppm < 1000 or above < FRESH_AIR:
            return False
        self._span = (ppm - FRESH_AIR) / above
        return True

    def _corrected(self) -> float:
        """ppm; the span turns about the zero point, which stands for fresh air."""
        return FRESH_AIR + (self._reading - self._zero - FRESH_AIR) * self._span

    def _refresh(self, t: float) -> None:
        if self._measured is None or t - self._measured >= PERIOD:
            self._measure(t)

    def _measure(self, t: float) -> None:
        if self._measured is None:
            self._day_began = t
        self._reading, change = self._cell.measure(t)
        self._measured = t
        settled = change < _AT_REST
        self._period = min(self._period * 1.2, LONGEST_PERIOD) if settled else PERIOD
        self._lowest = min(self._lowest, self._corrected())
        if t - self._day_began >= DAY:
            if self.self_calibrates:
                self._zero += (self._lowest - FRESH_AIR) / self._span
            self._lowest, self._day_began = float("inf"), t


EMULATOR = Mhz19b
