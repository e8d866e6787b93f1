"""Commands of a New Era pump in Basic mode (NE-1000 user manual V3.9, chapter 10.4).

A refused command is answered with the status and `?`, `?NA` or `?OOR`.
"""

from __future__ import annotations

from collections.abc import Callable

from sim_backends.emulators.new_era import numbers
from sim_backends.emulators.new_era.numbers import RATE_UNITS, VOLUME_UNITS, OutOfRange
from sim_backends.emulators.new_era.plunger import Plunger

UNKNOWN, NOT_NOW, OUT_OF_RANGE = "?", "?NA", "?OOR"
SMALL = 14.0e-3
"""Diameter in m up to which volumes are in uL (manual 5.3)."""

DIAMETERS = (0.1e-3, 50.0e-3)
VERSION = "NE1000V3.928"


class Commands:
    """The settings of one pump and its pumping program of one phase.

    `state` is S stopped, P paused, I infusing or W withdrawing.
    """

    def __init__(self, plunger: Plunger) -> None:
        self.plunger = plunger
        self.state = "S"
        self._rate, self._rate_unit = 0.0, "MH"
        self._volume, self._volume_unit = 0.0, "ML"
        self._direction = "INF"
        self._known: dict[str, Callable[[str, float], str]] = {
            "DIA": self._dia,
            "RAT": self._rat,
            "VOL": self._vol,
            "DIR": self._dir,
            "RUN": self._run,
            "STP": self._stp,
            "DIS": self._dis,
            "CLD": self._cld,
            "VER": lambda _, __: VERSION,
        }

    def execute(self, text: str, t: float) -> str:
        """The data that `text`, in capitals and without spaces, is answered with at `t`."""
        act = self._known.get(text[:3])
        if act is None:
            return UNKNOWN
        try:
            return act(text[3:], t)
        except OutOfRange:
            return OUT_OF_RANGE

    def finish(self) -> None:
        """The program has reached its end."""
        self.state = "S"

    def halt(self, t: float) -> None:
        """Stand at once, the program stopped."""
        self.plunger.run(0.0, t)
        self.state = "S"

    @property
    def _pumping(self) -> bool:
        return self.state in ("I", "W")

    def _dia(self, text: str, t: float) -> str:
        if not text:
            return numbers.shown(self.plunger.diameter * 1e3)
        if self._pumping:
            return NOT_NOW
        metres = numbers.number(text) * 1e-3
        if not DIAMETERS[0] <= metres <= DIAMETERS[1]:
            raise OutOfRange
        self.plunger.diameter = metres
        self._volume_unit = "UL" if metres <= SMALL else "ML"
        for direction in ("INF", "WDR"):
            self.plunger.clear(direction)
        return ""

    def _rat(self, text: str, t: float) -> str:
        if not text:
            return numbers.shown(self._rate) + self._rate_unit
        digits, unit = numbers.split(text)
        if unit and (self._pumping or unit not in RATE_UNITS):
            return NOT_NOW if unit in RATE_UNITS else UNKNOWN
        value, unit = numbers.number(digits), unit or self._rate_unit
        if not self.plunger.allows(value * RATE_UNITS[unit]):
            raise OutOfRange
        self._rate, self._rate_unit = value, unit
        if self._pumping:
            self.plunger.run(self._signed(), t)
        return ""

    def _vol(self, text: str, t: float) -> str:
        if not text:
            return numbers.shown(self._volume) + self._volume_unit
        if self._pumping:
            return NOT_NOW
        digits, unit = numbers.split(text)
        if unit and unit not in VOLUME_UNITS:
            return UNKNOWN
        if digits:
            self._volume = numbers.number(digits)
        self._volume_unit = unit or self._volume_unit
        return ""

    def _dir(self, text: str, t: float) -> str:
        if not text:
            return self._direction
        if text not in ("INF", "WDR", "REV"):
            return UNKNOWN
        if self._pumping and self._volume:
            return NOT_NOW
        other = "WDR" if self._direction == "INF" else "INF"
        self._direction = other if text == "REV" else text
        if self._pumping:
            self._start(t)
        return ""

    def _run(self, text: str, t: float) -> str:
        if text not in ("", "1") or self._pumping or not self._rate:
            return NOT_NOW
        if self.state == "S":
            self.plunger.load(self._volume * VOLUME_UNITS[self._volume_unit])
        self._start(t)
        return ""

    def _stp(self, text: str, t: float) -> str:
        if text:
            return UNKNOWN
        if self.state == "S":
            return NOT_NOW
        self.plunger.run(0.0, t)
        self.state = "P" if self._pumping else "S"
        return ""

    def _dis(self, text: str, t: float) -> str:
        if text:
            return UNKNOWN
        unit = VOLUME_UNITS[self._volume_unit]
        infused, withdrawn = self.plunger.infused / unit, self.plunger.withdrawn / unit
        values = f"I{numbers.shown(infused)}W{numbers.shown(withdrawn)}"
        return values + self._volume_unit

    def _cld(self, text: str, t: float) -> str:
        if text not in ("INF", "WDR"):
            return UNKNOWN
        if self._pumping:
            return NOT_NOW
        self.plunger.clear(text)
        return ""

    def _start(self, t: float) -> None:
        self.state = "I" if self._direction == "INF" else "W"
        self.plunger.run(self._signed(), t)

    def _signed(self) -> float:
        rate = self._rate * RATE_UNITS[self._rate_unit]
        return rate if self._direction == "INF" else -rate
