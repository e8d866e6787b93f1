"""Ophir Vega laser power meter with a PD300 photodiode head, on its serial port, 9600 baud.

Written from Ophir's "Guide to Programmers" as far as its first pages could be read (one instruction
set for Nova, Nova-II, Orion and Vega; a command is a dollar sign and two letters in any case, the
answer begins with `*`, or with `?` where it is refused, and ends with CR LF) and from what other
parties' drivers send and take (pylablib's Ophir Vega: `$SP $AW $WL $AR $WN $FQ`; a Nova II whose
energies come as `* 0.326E-6`). `$HP`, a ping, stands in the manual of the EA-1 (page 34); that the
Vega has it too is assumed. Remembered: `$HI $II $VE $SI $RN $WI $SE $SF $EF $ZE $ZQ $ZA $RE`, their
answers and the texts of refusals. Not modelled: `$DU`, `$WW` and discrete wavelengths, dBm
(range -2), thermal and pyroelectric heads with energy, frequency and exposure, the stored data,
and heads that are exchanged. The filter is never on the head: with `$FQ2` all readings are ten
times too large, as they would be.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from sim_backends.emulators.accuracy import Channel
from sim_backends.emulators.ophir import vega_head as head
from sim_backends.emulators.outbox import Outbox
from sim_backends.models.reference.photodiode import Photodiode
from sim_backends.models.reference.steady_beam import BeamPort

BYTE = 10 / 9600
"""Seconds on the line of one byte."""

LATENCY = 10e-3
ZEROING = 20.0
"""Seconds of zeroing, assumed."""

AUTO = -1
_LONGEST = 80
_UNKNOWN, _BAD, _POWER_ONLY = "UC", "BAD PARAM", "NOT MEASURING ENERGY"


class Refused(Exception):
    """A command is answered with `?` and `reason`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Vega:
    """One display with its head in the beam at `port`."""

    def __init__(self, port: BeamPort, *, serial: str, rng: np.random.Generator) -> None:
        self.serial = serial
        self._diode = Photodiode(port, head.LIMITS, rng)
        self._display = Channel(head.specs(), rng)
        self._outbox = Outbox()
        self._line = b""
        self._t = 0.0
        self._commands: dict[str, Callable[[str], str]] = {
            "HI": lambda _: f"{head.KIND} {serial}-H {head.NAME} {head.CAPABILITY}",
            "II": lambda _: f"VEGA {serial} VEGA",
            "VE": lambda _: "VE2.23",
            "HP": lambda _: "",
            "SI": lambda _: "W",
            "SP": lambda _: self._power(),
            "AW": lambda _: self._wavelengths(),
            "WI": self._choose,
            "WL": self._change,
            "AR": lambda _: self._ranges(),
            "RN": lambda _: str(self._index),
            "WN": self._range,
            "FQ": self._filter,
            "ZE": lambda _: self._zero(),
            "ZQ": lambda _: f"ZEROING {self._zeroing()}",
            "ZA": lambda _: self._abort(),
            "RE": lambda _: self._start(),
            "FP": lambda _: "",
            **dict.fromkeys(("SE", "SF", "EF", "FE"), _no_energy),
        }
        self._start()

    def _start(self) -> str:
        self._presets: list[int] = list(head.PRESETS)
        self._active = 2
        self._index = AUTO
        self._placed = 1
        self._dark = 0.0
        self._zero_ends: float | None = None
        self._zeroed = "NOT STARTED"
        return ""

    # Emulator

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream; CR or LF ends a command."""
        self._t = t
        *lines, self._line = (self._line + data).replace(b"\r", b"\n").split(b"\n")
        self._line = self._line[-_LONGEST:]
        for line in lines:
            if line.strip():
                self._answer(line.decode("latin-1").strip())

    def due(self) -> float | None:
        """When the next answer has left."""
        return self._outbox.due()

    def send(self, t: float) -> bytes:
        """The bytes that have left by `t`."""
        self._t = t
        return self._outbox.take(t)

    def clear(self, t: float) -> None:
        """A broken line: half a command and waiting answers are lost."""
        self._line = b""
        self._outbox.clear()

    # Commands

    def _answer(self, line: str) -> None:
        try:
            text = "*" + self._execute(line)
        except Refused as refused:
            text = "?" + refused.reason
        data = f"{text}\r\n".encode("ascii")
        self._outbox.put(data, self._t + LATENCY + BYTE * (len(line) + 2 + len(data)))

    def _execute(self, line: str) -> str:
        command = self._commands.get(line[1:3].upper())
        if not line.startswith("$") or command is None:
            raise Refused(_UNKNOWN)
        return command(line[3:].strip())

    def _wavelengths(self) -> str:
        places = [str(each) for each in self._presets]
        places += ["NONE"] * (head.PLACES - len(places))
        return f"CONTINUOUS {head.SHORTEST} {head.LONGEST} {self._active} {' '.join(places)}"

    def _choose(self, text: str) -> str:
        self._active = _whole(text, 1, len(self._presets))
        return ""

    def _change(self, text: str) -> str:
        self._presets[self._active - 1] = _whole(text, head.SHORTEST, head.LONGEST)
        return ""

    def _ranges(self) -> str:
        names = (each.name for each in head.RANGES[self._placed])
        return f"{self._index} dBm AUTO {' '.join(names)}"

    def _range(self, text: str) -> str:
        self._index = _whole(text, AUTO, len(head.RANGES[self._placed]) - 1)
        return ""

    def _filter(self, text: str) -> str:
        if text:
            self._placed = _whole(text, 1, 2)
            self._index = min(self._index, len(head.RANGES[self._placed]) - 1)
        return f"{self._placed} OUT IN"

    # Measuring

    def _light(self) -> float:
        watts = self._diode.power(float(self._presets[self._active - 1]), self._t)
        return watts * (head.ATTENUATION if self._placed == 2 else 1.0)

    def _power(self) -> str:
        ranges, watts = head.RANGES[self._placed], self._light()
        index = self._index
        if index == AUTO:
            index = max((i for i, each in enumerate(ranges) if watts <= each.top), default=0)
        if watts > ranges[index].top:
            return "OVER"
        top = ranges[index].top
        place = next(i for i, each in enumerate(self._display.ranges) if math.isclose(each, top))
        self._zeroing()
        return head.printed(self._display.convert(watts, place) - self._dark, top)

    def _zero(self) -> str:
        self._zero_ends = self._t + ZEROING
        return ""

    def _abort(self) -> str:
        if self._zero_ends is not None:
            self._zero_ends, self._zeroed = None, "NOT STARTED"
        return ""

    def _zeroing(self) -> str:
        """How zeroing stands; light on the head makes it fail."""
        if self._zero_ends is None:
            return self._zeroed
        if self._t < self._zero_ends:
            return "IN PROGRESS"
        self._zero_ends = None
        light = self._light()
        self._zeroed = "FAILED" if light > head.BRIGHTEST_ZERO else "COMPLETED"
        if self._zeroed == "COMPLETED":
            self._dark = light
        return self._zeroed


def _no_energy(_: str) -> str:
    raise Refused(_POWER_ONLY)


def _whole(text: str, low: int, high: int) -> int:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal()) or not low <= int(text) <= high:
        raise Refused(_BAD)
    return int(text)


EMULATOR = Vega
