"""Lake Shore 336 cryogenic temperature controller with a Pt100 on input A, at the wire.

Written from the Model 336 user's manual (119-048), chapter 6, as far as its pages were to be had
(130: CRDG?); RANGE, RDGST?, SRDG? and TLIMIT from the same pages of the Model 350 (154 and 156),
RAMP from the Model 335 (122), the parameters of INTYPE, OUTMODE and the bits of *ESR? from the
maker's own client (lakeshore 1.10.0). Remembered: the limits of error of the input, the number of
digits in answers, the settings at delivery, that SETP? tells the ramping set point, that it stops
at the curve's limit, and how the proportional term scales (output in % is P times the error in K).

Modelled: input A, closed loops on all four outputs of which output 1 heats the port, heater ranges
in decades of power, ramps, the temperature limit. Not modelled: inputs B to D (disabled), zones,
open loop and monitor outputs, autotune, the derivative term, alarms and relays, curves, the
display. The loop is stepped twice a second while it heats; a real one works at 10 Hz.
"""

from __future__ import annotations

import numpy as np

from sim_backends.emulators.lake_shore.m336_commands import CHAINED, COMMANDS, Refused, Unknown
from sim_backends.emulators.lake_shore.m336_input import PlatinumInput
from sim_backends.emulators.lake_shore.m336_loop import OUTPUTS, Loop
from sim_backends.emulators.outbox import Outbox
from sim_backends.models.ports import ThermalPort

LATENCY = 10e-3
"""Seconds from the end of a message to its answer (remembered)."""

LONGEST = 255
"""Characters of a message that the input holds (remembered)."""

QUERY_ERROR, EXECUTION_ERROR, COMMAND_ERROR, POWER_ON = 4, 16, 32, 128
"""Bits of the standard event status register."""

PERIOD = 0.5
"""Seconds between two steps of the loops while one heats."""


class LakeShoreM336:
    """One 336 whose input A senses and whose output 1 heats `port`, just switched on."""

    def __init__(self, port: ThermalPort, *, serial: str, rng: np.random.Generator) -> None:
        self.serial = serial
        self.input = PlatinumInput(port, rng)
        self.loops = {number: Loop() for number in OUTPUTS}
        self.events = POWER_ON
        self.enabled = 0
        self.t = 0.0
        self._port = port
        self._outbox = Outbox()
        self._rest = b""
        self._stepped = 0.0

    # Emulator

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream; LF ends a message, CR before it is passed over."""
        self._advance(t)
        *lines, rest = (self._rest + data).split(b"\n")
        self._rest = rest[: LONGEST + 1]
        for line in lines:
            answer = self._execute(line.removesuffix(b"\r"))
            if answer:
                self._outbox.put(answer.encode("ascii") + b"\r\n", t + LATENCY)

    def due(self) -> float | None:
        """When the next answer leaves or a loop that heats has its next step."""
        answer = self._outbox.due()
        if not self.heats:
            return answer
        step = self._stepped + PERIOD
        return step if answer is None else min(answer, step)

    def send(self, t: float) -> bytes:
        """Do all that is due until `t`; the bytes that have left by then."""
        self._advance(t)
        return self._outbox.take(t)

    def clear(self, t: float) -> None:
        """Half a message and waiting answers are lost; control goes on."""
        self._advance(t)
        self._rest = b""
        self._outbox.clear()

    def power_on(self, t: float) -> None:
        """Power comes back at `t`: settings stay, outputs are off but those enabled at power-up."""
        self.clear(t)
        self.events = POWER_ON
        self.enabled = 0
        for loop in self.loops.values():
            if not loop.powerup:
                loop.range = 0
            loop.begin()
        self.control()

    # The instrument

    @property
    def heats(self) -> bool:
        """Whether any output is on."""
        return any(loop.is_on for loop in self.loops.values())

    def control(self) -> None:
        """One step of every loop, now; above the temperature limit all outputs go off."""
        kelvin = self.input.kelvin(self.t)
        dt, self._stepped = self.t - self._stepped, self.t
        for loop in self.loops.values():
            if self.input.limit and kelvin > self.input.limit:
                loop.range = 0
            loop.step(kelvin, dt)
        self._port.heat(self.loops[1].power, self.t)

    def reset(self) -> None:
        """`*RST`: settings as at power-up."""
        for loop in self.loops.values():
            loop.range = 0
        self.control()

    def _advance(self, t: float) -> None:
        # The state is that of the last step: an idle controller has nothing to catch up on.
        self.t = max(self.t, t)
        if not self.heats:
            self._stepped = self.t
        elif self._stepped + PERIOD <= self.t:
            self.control()

    def _execute(self, line: bytes) -> str:
        if len(line) > LONGEST or not line.isascii():
            self.events |= COMMAND_ERROR
            return ""
        answers: list[str] = []
        for part in line.decode("ascii").split(CHAINED):
            answer = self._one(part.strip())
            if answer is not None:
                answers.append(answer)
        return CHAINED.join(answers)

    def _one(self, text: str) -> str | None:
        if not text:
            return None
        name, _, rest = text.partition(" ")
        arguments = tuple(word.strip() for word in rest.split(",")) if rest.strip() else ()
        try:
            command = COMMANDS.get(name.upper())
            if command is None:
                raise Unknown
            return command(self, arguments)
        except Unknown:
            self.events |= COMMAND_ERROR
        except Refused:
            self.events |= EXECUTION_ERROR
        return None


EMULATOR = LakeShoreM336
