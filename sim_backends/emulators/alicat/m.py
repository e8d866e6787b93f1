"""Alicat M-20SLPM-D mass flow meter, ASCII on RS-232.

Written from the quick command guides of the maker's manuals (MC series, page 43; M series of
January 2023, page 32; MC series, page 36 on polling and streaming) and from what such instruments
answered: captures in the tests of alicatlib (MC-500SCCM-D with 10v20, MW-10SLPM-D with 10v04) and
the driver numat/alicat (registers 46 and 122). Remembered: that a frame in streaming has a blank in
place of the letter (alicatlib found so as well), `?` for what is refused, codes of over-range,
`T`'s frame, `??M9` for one row.

A letter that is not this unit's is not answered; `*` is every unit's. A meter does not answer the
commands of a controller at all.

What the real meter does and this one does not: blends and COMPOSER mixes, other units, averaging,
display, batches, baud rates, `DV`, Modbus. `totalizer` puts the option's column into the frame.
"""

from __future__ import annotations

import re

import numpy as np

from sim_backends.emulators.alicat import tables
from sim_backends.emulators.alicat.element import (
    FULL_PRESSURE,
    FULL_SCALE,
    GASES,
    OVER,
    Element,
    Measured,
)
from sim_backends.emulators.alicat.settings import Settings
from sim_backends.emulators.outbox import Outbox
from sim_backends.models.gas_line import LinePort

CHARACTER = 10 / 19200
"""Seconds of one character at 19200 baud, 8N1, as delivered."""

LATENCY = 0.015
"""Seconds between a command and its answer: some 27 ms a poll (alicatlib's bench)."""

INTERVAL = 0.05
"""Seconds between frames in streaming, as delivered (manual, page 36)."""

LONGEST = 64
EVERYONE, STREAMING = "*", "@"
REFUSED = "?"

_REGISTER = re.compile(r"([RW])(\d{1,3})(?:=(\d{1,5}))?\Z")
_OF_CONTROLLERS = re.compile(r"(S|LS|LSS|LV|SR|HP|HC|H|C|VD)([ +-.\d].*)?\Z|\d+\Z")


class M:
    """One meter in the pipe of `port` with the letter `unit`."""

    model = "M-20SLPM-D"

    def __init__(
        self,
        port: LinePort,
        *,
        serial: str,
        rng: np.random.Generator,
        unit: str = "A",
        totalizer: bool = False,
    ) -> None:
        self.serial = serial
        self.element = Element(port, rng)
        self._settings = Settings(self.element)
        self.t = self.began = 0.0
        self._asleep = True
        self._letter = unit
        self._totalizes = totalizer
        self._emptied = 0.0
        self._locked = False
        self._interval = INTERVAL
        self._next: float | None = None
        self._line = b""
        self._outbox = Outbox()

    # What a controller does otherwise

    def opening(self) -> float:
        """How far the gas's way is open at `t`: a meter has no valve."""
        return 1.0

    def passed(self) -> float:
        """Integral of the opening in s since `began`."""
        return self.t - self.began

    def setpoint(self) -> float | None:
        """Set point in SLPM; a meter has none."""
        return None

    def held(self) -> bool:
        """Whether a valve is held."""
        return False

    def control(self, command: str) -> list[str]:
        """Answers to a command of controllers: a meter gives none."""
        return []

    def register(self, number: int, value: int | None) -> int | None:
        """Value of a register after writing `value`, if there is one; None: it is refused."""
        if number == 91:
            if value is not None:
                self._interval = max(value, 1) / 1e3
            return round(self._interval * 1e3)
        if number != 46 or (value is not None and value >= len(GASES)):
            return None
        self.element.gas = self.element.gas if value is None else value
        return self.element.gas

    def work(self, t: float) -> None:
        """Go on to run time `t`."""
        if self._asleep:
            self.began, self._asleep = t, False
        self.t = max(self.t, t)

    # Emulator

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream: commands end with CR, LF is ignored."""
        self._advance(t)
        *lines, rest = (self._line + data.replace(b"\n", b"")).split(b"\r")
        self._line = rest[:LONGEST]
        for line in lines:
            answers = self._heard(line[:LONGEST].decode("latin-1").strip())
            sent = t + LATENCY + CHARACTER * (len(line) + 1)
            for answer in answers:
                self._say(answer, sent)

    def due(self) -> float | None:
        """When the next answer has left or a frame of the stream is made."""
        times = (self._outbox.due(), self._next)
        return min((t for t in times if t is not None), default=None)

    def send(self, t: float) -> bytes:
        """Do all that is due until `t`; the bytes that have left by then."""
        self._advance(t)
        return self._outbox.take(t)

    @property
    def answering(self) -> bool:
        """Whether an answer is on its way: streaming is none."""
        return len(self._outbox) > 0

    def clear(self, t: float) -> None:
        """A broken line: half a command and waiting answers are lost."""
        self._advance(t)
        self._line = b""
        self._outbox.clear()

    # The line

    def _advance(self, t: float) -> None:
        while self._next is not None and self._next <= t:
            self.work(self._next)
            self._say(self._frame(), self._next)
            self._next += self._interval
        self.work(t)

    def _say(self, text: str, t: float) -> None:
        data = text.encode("latin-1") + b"\r"
        self._outbox.put(data, t + CHARACTER * len(data))

    def _heard(self, text: str) -> list[str]:
        if not text or text[0].upper() not in (self._letter, EVERYONE):
            return []
        command = text[1:].removeprefix("$$").strip().upper()
        if command.startswith("@"):
            return self._rename(command[1:].lstrip("= "))
        if _OF_CONTROLLERS.match(command):
            return self.control(command)
        if command.startswith("??"):
            return self._table(command[2:])
        return self.execute(command)

    def led(self, text: str) -> str:
        """`text` behind the unit's letter."""
        return f"{self._letter} {text}"

    def _rename(self, letter: str) -> list[str]:
        """A letter for itself ends the stream; `@` begins it."""
        if letter == STREAMING:
            self._letter, self._next = STREAMING, self.t + self._interval
            return []
        if len(letter) != 1 or not "A" <= letter <= "Z":
            return [REFUSED]
        streamed, self._letter, self._next = self._next is not None, letter, None
        return [] if streamed else [self._frame()]

    def execute(self, command: str) -> list[str]:
        """Answers to a command that every instrument has."""
        match command:
            case "":
                pass
            case "V":
                self.element.tare(self.opening(), self.t)
            case "PC":
                self.element.tare_pressure(self.opening(), self.t)
            case "L" | "U":
                self._locked = command == "L"
            case "T" if self._totalizes:
                self._emptied = self._total()
            case "VE":
                return [f"{self._letter}   {tables.VERSION}"]
            case _:
                return [self._ask(command)]
        return [self._frame()]

    def _ask(self, command: str) -> str:
        name, _, rest = command.partition(" ")
        if match := _REGISTER.match(command):
            return self._registers(*match.groups())
        if name == "NCS":
            value = int(rest) if rest.isdecimal() else None
            return self.led(str(self.register(91, value))) if not rest or value else REFUSED
        if name in ("FPF", "DCU") and rest.isdecimal() and int(rest) in tables.UNITS:
            return self.led(self._full(name, int(rest)))
        if command.startswith("G"):
            return self._gas(command[1:])
        answer = self._settings.ask(command)
        return REFUSED if answer is None else self.led(answer)

    # Answers

    def _registers(self, kind: str, number: str, value: str | None) -> str:
        if (kind == "W") != (value is not None):
            return REFUSED
        found = self.register(int(number), None if value is None else int(value))
        return REFUSED if found is None else self.led(f"{int(number):03d} = {found}")

    def _gas(self, text: str) -> str:
        """`G 8` and `G8` answer with a frame, `GS` and `GS 8` with the gas's names."""
        number = text.removeprefix("S").split(" ")
        wanted = next((word for word in number if word), "")
        if wanted and self.register(46, int(wanted) if wanted.isdecimal() else 10**6) is None:
            return REFUSED
        if text.startswith("S"):
            short, long = GASES[self.element.gas]
            return self.led(f"{self.element.gas} {short} {long}")
        return self._frame() if wanted else REFUSED

    def _full(self, name: str, statistic: int) -> str:
        if name == "DCU":
            return tables.UNITS[statistic]
        value = {2: f"{FULL_PRESSURE:+07.2f}", 3: "+060.00"}.get(statistic, f"{FULL_SCALE:+07.3f}")
        return f"{value} {tables.UNITS[statistic]}"

    def _table(self, which: str) -> list[str]:
        has_setpoint = self.setpoint() is not None
        rows = {
            "M": lambda: tables.manufacturer(self.model, self.serial),
            "D": lambda: tables.layout(setpoint=has_setpoint, total=self._totalizes),
            "G": tables.gases,
        }
        if which[:1] not in rows:
            return [REFUSED]
        table = rows[which[:1]]()
        if which[1:] == "*":
            return [self.led(row) for row in table]
        number = int(which[1:]) if which[1:].isdecimal() else len(table)
        return [self.led(table[number])] if number < len(table) else [REFUSED]

    def _total(self) -> float:
        """Standard litres since `began`, as the display counts."""
        shut, more = self.element.response(self.t)
        return (shut * (self.t - self.began) + more * self.passed()) / 60.0

    def _frame(self) -> str:
        now = self.element.measure(self.opening(), self.t)
        parts = [f"{now.pressure:+07.2f}", f"{now.temperature:+07.2f}"]
        parts += [f"{now.volume:+07.3f}", f"{now.mass:+07.3f}"]
        setpoint = self.setpoint()
        if setpoint is not None:
            parts.append(f"{setpoint:+07.3f}")
        if self._totalizes:
            parts.append(f"{self._total() - self._emptied:+010.2f}")
        parts += [f"{GASES[self.element.gas][0]:>6}", *self._flags(now)]
        letter = " " if self._letter == STREAMING else f"{self._letter} "
        return letter + " ".join(parts)

    def _flags(self, now: Measured) -> list[str]:
        raised = {
            "POV": now.pressure > FULL_PRESSURE,
            "VOV": now.volume > OVER * FULL_SCALE,
            "MOV": now.mass > OVER * FULL_SCALE,
            "HLD": self.held(),
            "LCK": self._locked,
        }
        return [flag for flag in tables.FLAGS if raised.get(flag)]


EMULATOR = M
