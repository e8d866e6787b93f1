"""The RGA's command set, executed on its head: what each command answers, and how long it takes.

RGA manual, pages 6-29 to 6-62.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim_backends.emulators.srs import specs
from sim_backends.emulators.srs.head import Head
from sim_backends.emulators.srs.scans import Scan, word
from sim_backends.emulators.srs.settings import Setting, number, shown

FIRMWARE = "0.24"
BAD_COMMAND, BAD_PARAMETER, TOO_LONG, OVERWRITE, CONFLICT = 0x01, 0x02, 0x04, 0x08, 0x40
"""Bits of RS232_ERR."""

COMMUNICATION, FILAMENT = 0x01, 0x02
"""Bits of STATUS."""

NO_MULTIPLIER = 0x80
"""Bit of CEM_ERR."""


class Refused(Exception):
    """A communication error; `bit` is its place in RS232_ERR."""

    def __init__(self, bit: int) -> None:
        super().__init__(f"{bit:#04x}")
        self.bit = bit


@dataclass(frozen=True)
class Outcome:
    """What a command leads to: `data` after `after` s, or a `scan`. `breakable`: any command that
    comes meanwhile ends it, and its data is not sent."""

    data: bytes = b""
    after: float = 0.0
    scan: Scan | None = None
    breakable: bool = False


NOTHING = Outcome()
Handler = Callable[[str, float], Outcome]


def text_answer(text: str, after: float = specs.LATENCY) -> Outcome:
    """An ASCII answer, ended by LF CR."""
    return Outcome(text.encode("latin-1") + b"\n\r", after)


def parameter(
    argument: str, low: float, high: float, default: float | None, *, whole: bool
) -> float:
    """The number, or the default for `*`; `Refused` for anything else or out of range."""
    if argument == "*" and default is not None:
        return default
    value = number(argument)
    if value is None or not low <= value <= high or (whole and value != int(value)):
        raise Refused(BAD_PARAMETER)
    return value


class Commands:
    """The commands of a head for masses up to `highest_mass` u, whose settings are `values`."""

    def __init__(
        self,
        head: Head,
        table: dict[str, Setting],
        values: dict[str, float],
        *,
        serial: str,
        highest_mass: int,
        has_multiplier: bool,
    ) -> None:
        self.head, self._table, self._values = head, table, values
        self._serial, self._highest = serial, highest_mass
        self._has_multiplier = has_multiplier
        self.line_errors = 0
        self._total_wanted = True
        self._handlers: dict[str, Handler] = {
            "ID": lambda a, t: _query(a, f"SRSRGA{self._highest}VER{FIRMWARE}SN{self._serial}"),
            "IN": self._initialize, "FL": self._filament, "DG": self._degas, "HV": self._voltage,
            "CA": self._zero, "CL": self._calibrate,
            "MO": lambda a, t: _query(a, str(int(self._has_multiplier))),
            "CE": lambda a, t: _query(a, "1"),
            "AP": lambda a, t: _query(a, str(len(self._analog_masses()))),
            "HP": lambda a, t: _query(a, str(len(self._histogram_masses()))),
            "SC": lambda a, t: self._start(a, t, histogram=False),
            "HS": lambda a, t: self._start(a, t, histogram=True),
            "MR": self._single, "ML": self._lock, "TP": self._total,
            "ER": lambda a, t: _query(a, str(self.status)),
            "EF": lambda a, t: _query(a, str(self.head.filament_errors)),
            "EC": self._line_error,
            "EM": lambda a, t: _query(a, str(0 if self._has_multiplier else NO_MULTIPLIER)),
            "EP": _check, "ED": _check, "EQ": _check,
        }  # fmt: skip

    @property
    def status(self) -> int:
        """The STATUS byte."""
        status = COMMUNICATION if self.line_errors else 0
        return status | (FILAMENT if self.head.filament_errors else 0)

    def execute(self, text: str, t: float) -> Outcome:
        """Execute one command at `t`; an error is noted and answered by nothing."""
        name, argument = text[:2].upper(), text[2:]
        try:
            if name in self._table:
                return self._set(name, argument)
            if name in self._handlers:
                return self._handlers[name](argument, t)
            raise Refused(BAD_COMMAND)
        except Refused as refused:
            self.line_errors |= refused.bit
            return NOTHING

    def _said_status(self, after: float) -> Outcome:
        return text_answer(str(self.status), after)

    def _set(self, name: str, argument: str) -> Outcome:
        setting = self._table[name]
        if argument == "?":
            return text_answer(shown(self._values[name], setting.whole))
        value = parameter(argument, setting.low, setting.high, setting.default, whole=setting.whole)
        first = value if name == "MI" else self._values["MI"]
        last = value if name == "MF" else self._values["MF"]
        if first > last:
            raise Refused(CONFLICT)
        self._values[name] = value
        return self._said_status(specs.BIAS_TIME) if setting.echoes else NOTHING

    def _initialize(self, argument: str, t: float) -> Outcome:
        level = parameter(argument, 0, 2, None, whole=True)
        self.line_errors = 0
        if level >= 1:
            for name, setting in self._table.items():
                if setting.scan and setting.default is not None:
                    self._values[name] = setting.default
        if level == 2:
            self.head.emission = self.head.multiplier = 0.0
            self._total_wanted = True
        return self._said_status(specs.CHECK_TIME)

    def _line_error(self, argument: str, t: float) -> Outcome:
        answer = _query(argument, str(self.line_errors))
        self.line_errors = 0
        return answer

    # Ionizer and detector

    def _filament(self, argument: str, t: float) -> Outcome:
        if argument == "?":
            return text_answer(f"{self.head.emission:.4f}")
        current = parameter(argument, 0.0, 3.5, 1.0, whole=False)
        if 0.0 < current < specs.EMISSION_ERROR:
            raise Refused(BAD_PARAMETER)
        after = self.head.light(current, t)
        return self._said_status(after)

    def _degas(self, argument: str, t: float) -> Outcome:
        minutes = parameter(argument, 0, 20, 3, whole=True)
        if not minutes:
            return NOTHING
        said = self._said_status(60.0 * minutes)
        return Outcome(said.data, said.after, breakable=True)

    def _voltage(self, argument: str, t: float) -> Outcome:
        if not self._has_multiplier:
            raise Refused(BAD_COMMAND)
        if argument == "?":
            return text_answer(str(round(self.head.multiplier)))
        self.head.multiplier = parameter(argument, 0, 2490, 1400, whole=True)
        if self.head.multiplier:
            self._total_wanted = False
        return self._said_status(specs.MULTIPLIER_TIME)

    def _zero(self, argument: str, t: float) -> Outcome:
        if argument:
            raise Refused(BAD_PARAMETER)
        self.head.zero()
        return self._said_status(specs.ZERO_TIME)

    def _calibrate(self, argument: str, t: float) -> Outcome:
        if argument:
            raise Refused(BAD_PARAMETER)
        self.head.calibrate()
        return self._said_status(specs.CALIBRATION_TIME)

    # Ion currents

    @property
    def _interval(self) -> float:
        return max(specs.DWELL[int(self._values["NF"])], specs.WORD_TIME)

    def _analog_masses(self) -> list[float]:
        first, last, steps = (int(self._values[name]) for name in ("MI", "MF", "SA"))
        return [first + step / steps for step in range((last - first) * steps + 1)]

    def _histogram_masses(self) -> list[float]:
        return [float(m) for m in range(int(self._values["MI"]), int(self._values["MF"]) + 1)]

    def _start(self, argument: str, t: float, *, histogram: bool) -> Outcome:
        left = None if not argument else int(parameter(argument, 0, 255, 1, whole=True))
        if left == 0:
            return NOTHING
        masses = self._histogram_masses() if histogram else self._analog_masses()
        interval = self._interval * (7 if histogram else 1)
        scan = Scan(
            masses, interval, left, self._peak if histogram else self.head.point,
            self._total_counts, self.head.zero, at=t + specs.ZERO_TIME + interval,
        )  # fmt: skip
        return Outcome(scan=scan, breakable=True)

    def _peak(self, mass: float, t: float) -> int:
        return self.head.peak(round(mass), t)

    def _total_counts(self, t: float) -> int:
        return self.head.total(t) if self._total_wanted else 0

    def _single(self, argument: str, t: float) -> Outcome:
        mass = int(parameter(argument, 0, self._highest, None, whole=True))
        if not mass:
            return NOTHING
        after = specs.SETTLING + 7 * self._interval
        return Outcome(word(self.head.peak(mass, t + after)), after)

    def _lock(self, argument: str, t: float) -> Outcome:
        parameter(argument, 0.0, self._highest, None, whole=False)
        return NOTHING

    def _total(self, argument: str, t: float) -> Outcome:
        if argument == "?":
            after = specs.SETTLING + self._interval
            return Outcome(word(self._total_counts(t + after)), after)
        self._total_wanted = bool(parameter(argument, 0, 1, None, whole=True))
        return NOTHING


def _query(argument: str, answer: str) -> Outcome:
    if argument != "?":
        raise Refused(BAD_PARAMETER)
    return text_answer(answer)


def _check(argument: str, t: float) -> Outcome:
    """A fresh check of power supply, electrometer or mass filter: nothing is found."""
    if argument != "?":
        raise Refused(BAD_PARAMETER)
    return text_answer("0", specs.CHECK_TIME)
