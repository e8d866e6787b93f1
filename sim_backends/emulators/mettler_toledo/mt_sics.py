"""Mettler-Toledo analytical balance (XS204, 220 g, 0.1 mg) with the MT-SICS command set.

Command list, the answer formats of `S` and the line's rules: operating instructions of AT and
AL-IC balances, pages "MT-SICS" (they refer to the reference manual 11780711). `I1` to `I4`, `SIR`,
`Z` and `@`: Ohaus' reprint in its 7000 series manual, pages 103 and 105. `SR`: JS series, page 30.
`ZI` and the errors: what mettler-toledo-device 1.5 parses. Remembered from 11780711: `T`, `TI`,
`TA`, `TAC`, `D`, `DW`, `C3`, `M21`, `I0`, `I5`, and the times.

`S`, `Z`, `T` and `SR` wait for stability, 40 s at the most; meanwhile every command but `@` is
answered with `I`. `SIR` and `SR` go on until `S`, `SI`, `SIR`, `SR` or `@` comes.

What the real balance does and this one does not: levels 2 and 3 but for `C3` and `M21`, the display
(`D`, `DW` and its unit are acknowledged, nothing is shown), the keys, the automatic zero, filters
and environment settings (M01 to M03), buoyancy, warming up; `ET` comes for bytes beyond ASCII,
since a line here has no parity.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from sim_backends.emulators.mettler_toledo.cell import OVERLOAD, WeighingCell
from sim_backends.emulators.mettler_toledo.jobs import Adjustment, Immediate, OnChange, Stability
from sim_backends.emulators.mettler_toledo.line import (
    LOGICAL,
    SYNTAX,
    TRANSMISSION,
    UNITS,
    Lines,
    quoted,
    weight,
)
from sim_backends.emulators.outbox import Outbox
from sim_backends.models.weighing_pan import PanPort

CHARACTER = 10 / 9600
"""Seconds of one character at 9600 baud, 8N1, as delivered."""

LATENCY = 0.01
"""Seconds between a command and its answer (remembered)."""

ADJUSTING = 20.0
"""Seconds of an internal adjustment (remembered)."""

EMPTY = 0.5
"""g below which the pan is empty enough for an adjustment (remembered)."""

MODEL = "XS204"
LEVELS = (
    ("I0", "I1", "I2", "I3", "I4", "I5", "S", "SI", "SIR", "Z", "ZI", "@"),
    ("D", "DW", "SR", "T", "TA", "TAC", "TI"),
    ("C3", "I11", "M21"),
)
"""Commands of the levels 0, 1 and 2, as `I0` lists them."""

_TEXT = re.compile(r'"[^"]*"\Z')
_NUMBER = re.compile(r"[+-]?\d+(\.\d*)?\Z")
_WEIGHTS = {"S", "SI", "SIR", "SR"}

Job = Stability | Adjustment
Repeat = Immediate | OnChange


class Parameter(Exception):
    """A parameter is wrong: the command is answered with `L`."""


class MtSics:
    """One balance whose pan is `port`, switched on for a long time with an empty pan."""

    def __init__(self, port: PanPort, *, serial: str, rng: np.random.Generator) -> None:
        self.serial = serial
        self._cell = WeighingCell(port, rng)
        self._unit = self._display_unit = 0
        self._lines = Lines()
        self._outbox = Outbox()
        self._job: Job | None = None
        self._repeat: Repeat | None = None
        self._t = 0.0
        self._commands: dict[str, Callable[[str], list[str]]] = {
            "S": lambda _: self._wait("S I", lambda t: self._weight("S S", t)),
            "SI": lambda _: [self._now(self._t)],
            "SIR": self._send_immediately,
            "SR": self._send_on_change,
            "Z": lambda _: self._wait("Z I", self._zero),
            "ZI": lambda _: [f"ZI {self._cell.set_zero(self._t) or self._mark()}"],
            "T": lambda _: self._wait("T I", self._tare),
            "TI": self._tare_now,
            "TA": self._tare_value,
            "TAC": self._clear_tare,
            "D": self._display,
            "DW": lambda _: ["DW A"],
            "C3": self._adjust,
            "M21": self._units,
            "@": self._cancel,
            "I0": lambda _: self._list(),
            "I1": lambda _: [f"I1 A {quoted('01', '2.30', '2.22', '2.33', '2.20')}"],
            "I2": lambda _: [f'I2 A "{MODEL} Excellence {OVERLOAD:.4f} g"'],
            "I3": lambda _: [f"I3 A {quoted('5.21 18.6.1.4291.8')}"],
            "I4": lambda _: [self._number()],
            "I5": lambda _: [f"I5 A {quoted('11671158C')}"],
            "I11": lambda _: [f"I11 A {quoted(MODEL)}"],
        }

    # Emulator

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream."""
        self._advance(t)
        for line in self._lines.feed(data):
            for answer in self._execute(line):
                self._say(answer, t + CHARACTER * (len(line) + 2))

    def due(self) -> float | None:
        """When the next answer has left or a command that waits has something to do."""
        times = [self._outbox.due()]
        times += [work.due() for work in (self._job, self._repeat) if work is not None]
        return min((t for t in times if t is not None), default=None)

    def send(self, t: float) -> bytes:
        """Do all that is due until `t`; the bytes that have left by then."""
        self._advance(t)
        return self._outbox.take(t)

    @property
    def answering(self) -> bool:
        """Whether an answer is on its way."""
        return len(self._outbox) > 0 or self._job is not None

    def clear(self, t: float) -> None:
        """A broken line: half a command, waiting answers and what they wait for are lost."""
        self._advance(t)
        self._lines.clear()
        self._outbox.clear()
        self._job = self._repeat = None

    def power_on(self, t: float) -> None:
        """Power comes back at `t`: zero is what lies on the pan; it tells its serial number."""
        self.clear(t)
        self._cell.switch_on(t)
        self._unit = self._display_unit = 0
        self._say(self._number(), t)

    # Work

    def _advance(self, t: float) -> None:
        self._t = max(self._t, t)
        if self._job is not None and self._job.due() <= t:
            answer = self._job.look(t)
            if answer is not None:
                self._job = None
                self._say(answer, t)
        if self._repeat is not None and self._repeat.due() <= t:
            value = self._repeat.look(t)
            if value is not None:
                self._say(value, t)

    def _say(self, text: str, t: float) -> None:
        data = text.encode("ascii") + b"\r\n"
        self._outbox.put(data, t + LATENCY + CHARACTER * len(data))

    def _execute(self, line: bytes) -> list[str]:
        if not line:
            return []
        if not line.isascii():
            return [TRANSMISSION]
        name, _, rest = line.decode("ascii").partition(" ")
        command = self._commands.get(name)
        if command is None:
            return [SYNTAX]
        if self._job is not None and name != "@":
            return [f"{'S' if name in _WEIGHTS else name} I"]
        if name in _WEIGHTS:
            self._repeat = None
        if rest and name not in ("TA", "SR", "D", "M21"):
            return [LOGICAL]
        try:
            return command(rest)
        except Parameter:
            return [f"{name} L"]

    def _wait(self, failed: str, done: Callable[[float], str]) -> list[str]:
        self._job = Stability(self._cell, done, failed, self._t, self._t)
        self._advance(self._t)
        return []

    # Weights

    def _weight(self, head: str, t: float) -> str:
        return f"{head} {weight(self._cell.net(t), self._unit)}"

    def _mark(self) -> str:
        return "S" if self._cell.is_stable(self._t) else "D"

    def _now(self, t: float) -> str:
        beyond = self._cell.beyond(t)
        mark = "S" if self._cell.is_stable(t) else "D"
        return f"S {beyond}" if beyond else self._weight(f"S {mark}", t)

    def _send_immediately(self, rest: str) -> list[str]:
        self._repeat = Immediate(self._now, self._t)
        return []

    def _send_on_change(self, rest: str) -> list[str]:
        least = self._in_grams(rest) if rest else None
        self._repeat = OnChange(self._cell, self._now, least, self._t)
        return []

    def _zero(self, t: float) -> str:
        return f"Z {self._cell.set_zero(t) or 'A'}"

    def _tare(self, t: float) -> str:
        beyond = self._cell.set_tare(t)
        return f"T {beyond}" if beyond else f"T S {weight(self._cell.tare, self._unit)}"

    def _tare_now(self, rest: str) -> list[str]:
        mark, beyond = self._mark(), self._cell.set_tare(self._t)
        return [f"TI {beyond}" if beyond else f"TI {mark} {weight(self._cell.tare, self._unit)}"]

    def _tare_value(self, rest: str) -> list[str]:
        if rest:
            value = self._in_grams(rest)
            if not 0.0 <= value <= OVERLOAD:
                raise Parameter
            self._cell.tare = value
        return [f"TA A {weight(self._cell.tare, self._unit)}"]

    def _clear_tare(self, rest: str) -> list[str]:
        self._cell.tare = 0.0
        return ["TAC A"]

    def _in_grams(self, text: str) -> float:
        value, _, unit = text.partition(" ")
        factors = {name: factor for name, factor, _ in UNITS.values()}
        if not _NUMBER.match(value) or unit not in factors:
            raise Parameter
        return float(value) / factors[unit]

    # The rest

    def _display(self, rest: str) -> list[str]:
        if not _TEXT.match(rest):
            raise Parameter
        return ["D A"]

    def _adjust(self, rest: str) -> list[str]:
        if abs(self._cell.gross(self._t)) > EMPTY or not self._cell.is_stable(self._t):
            return ["C3 I"]
        self._job = Adjustment(self._cell, self._t + ADJUSTING)
        return ["C3 B"]

    def _units(self, rest: str) -> list[str]:
        """Unit of the host (0) and of the display (1)."""
        if not rest:
            return [f"M21 B 0 {self._unit}", f"M21 A 1 {self._display_unit}"]
        which, _, unit = rest.partition(" ")
        if which not in ("0", "1") or not unit.isdecimal() or int(unit) not in UNITS:
            raise Parameter
        if which == "0":
            self._unit = int(unit)
        else:
            self._display_unit = int(unit)
        return ["M21 A"]

    def _cancel(self, rest: str) -> list[str]:
        """As after switching on, without a zero setting."""
        self._job = self._repeat = None
        self._outbox.clear()
        self._cell.tare = 0.0
        return [self._number()]

    def _number(self) -> str:
        return f"I4 A {quoted(self.serial)}"

    def _list(self) -> list[str]:
        rows = [f'{level} "{name}"' for level, names in enumerate(LEVELS) for name in names]
        return [f"I0 B {row}" for row in rows[:-1]] + [f"I0 A {rows[-1]}"]


EMULATOR = MtSics
