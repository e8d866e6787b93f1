"""Alicat MC-20SLPM-D mass flow controller, ASCII on RS-232.

The meter of `alicat.m` with a valve. Sources of its commands: as there. Captured from an
MC-500SCCM-D: the frame with its set point, `LS`, `LV`; from the maker's serial primer as alicatlib
cites it: `SR`, `VD`, `LSS`, `HP`, `HC`, `C`; from numat/alicat: `S15.44`, registers 122 and 21 to
23 and 85, `H`. Remembered: a set point beyond full scale is cut to it, a negative one refused; a
number alone is a set point in 64000ths of full scale (manual, page 43). Assumed: a ramp is told
with the digits that it needs, one at least (no recording of a small one was found).

What the real controller does and this one does not: loops on pressure or volume flow, an overdriven
or hot valve, batches, set points from the analogue input or the front panel. Its loop has no
overshoot; it is exact, so the display is the set point and the meter's error is the flow's.
"""

from __future__ import annotations

import re

import numpy as np

from sim_backends.emulators.alicat.element import FULL_SCALE
from sim_backends.emulators.alicat.m import REFUSED, M
from sim_backends.emulators.alicat.settings import shown
from sim_backends.emulators.alicat.tables import UNITS
from sim_backends.emulators.alicat.valve import Mode, Valve
from sim_backends.models.flowing import FlowingPort
from sim_backends.models.gas_line import LinePort

MASS_FLOW = 37
"""Number of the controlled variable: mass flow set point."""

RAW = 64000
"""Raw set point of full scale."""

SECONDS = {"3": 1e-3, "4": 1.0, "5": 60.0, "6": 3600.0, "7": 86400.0}
PER = {"3": "ms", "4": "s", "5": "m", "6": "h", "7": "d"}
"""Unit of time of a ramp: seconds and letters by its number (primer, remembered)."""

STEP = 0.1
"""Seconds between two tellings of a flow that changes to what is behind the valve."""

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)\Z")


class MC(M):
    """One controller in the pipe of `port`; its set point is 0, its valve shut."""

    model = "MC-20SLPM-D"

    def __init__(
        self,
        port: LinePort,
        *,
        serial: str,
        rng: np.random.Generator,
        unit: str = "A",
        totalizer: bool = False,
    ) -> None:
        super().__init__(port, serial=serial, rng=rng, unit=unit, totalizer=totalizer)
        self._flowing = port if isinstance(port, FlowingPort) else None
        self._valve = Valve(self.element)
        self._ramp_unit = "4"
        self._gains = {21: 200, 22: 50, 23: 1000, 85: 2}

    def opening(self) -> float:
        """How far the valve is open."""
        return self._valve.opening

    def passed(self) -> float:
        """Integral of the opening in s."""
        return self._valve.passed

    def setpoint(self) -> float | None:
        """The set point in force in SLPM, on its ramp."""
        return self._valve.setpoint

    def held(self) -> bool:
        """Whether the valve is held at its place or shut."""
        return self._valve.mode is not Mode.CONTROL

    def work(self, t: float) -> None:
        """Go on to run time `t`."""
        super().work(t)
        self._valve.advance(t)
        if self._flowing is not None:
            self._flowing.passes(self._valve.opening, t)

    def due(self) -> float | None:
        """Also when a line that goes on behind the valve is told of a flow that changes."""
        known = super().due()
        if self._flowing is None or self._valve.at_rest(self.t):
            return known
        step = self.t + STEP
        return step if known is None else min(known, step)

    def power_on(self, t: float) -> None:
        """Power comes back at `t`: set point 0, valve shut; gas and ramp are kept."""
        self.clear(t)
        self._valve.mode = Mode.CONTROL
        self._valve.requested = self._valve.setpoint = self._valve.opening = 0.0

    def register(self, number: int, value: int | None) -> int | None:
        """The controlled variable (122) is the mass flow; the loop's gains are stored alone."""
        if number == 122:
            return MASS_FLOW if value in (None, MASS_FLOW) else None
        if number in self._gains:
            self._gains[number] = self._gains[number] if value is None else value
            return self._gains[number]
        return super().register(number, value)

    def control(self, command: str) -> list[str]:
        """Answers to a command of controllers."""
        if command.isdecimal():
            return self._set(min(int(command), RAW) * FULL_SCALE / RAW)
        for name in ("LSS", "LS", "LV", "SR", "VD", "S"):
            if command.startswith(name):
                return self._ask_control(name, command.removeprefix(name).split())
        modes = {"H": Mode.HOLD, "HP": Mode.HOLD, "HC": Mode.CLOSED, "C": Mode.CONTROL}
        if command not in modes:
            return [REFUSED]
        self._valve.mode = modes[command]
        return self.execute("")

    def _ask_control(self, name: str, words: list[str]) -> list[str]:
        if not all(_NUMBER.match(word) for word in words):
            return [REFUSED]
        if name == "S":
            return self._set(float(words[0])) if len(words) == 1 else [REFUSED]
        if name == "SR":
            return self._ramp(words)
        if name == "LS":
            return self._loop_setpoint(words)
        if words:
            return [REFUSED]
        drive = f"{100.0 * self._valve.opening:+07.2f}"
        told = {"LSS": "S", "LV": str(MASS_FLOW), "VD": f"{drive}{3 * ' +000.00'}"}
        return [self.led(told[name])]

    def _set(self, value: float) -> list[str]:
        if value < 0.0:
            return [REFUSED]
        self._valve.request(min(value, FULL_SCALE))
        return self.execute("")

    def _loop_setpoint(self, words: list[str]) -> list[str]:
        """The set point on its ramp and the one asked for."""
        if words and self._set(float(words[0])) == [REFUSED]:
            return [REFUSED]
        valve = self._valve
        both = f"{valve.setpoint:+07.3f} {valve.requested:+07.3f}"
        return [self.led(f"{both} {UNITS[MASS_FLOW]}")]

    def _ramp(self, words: list[str]) -> list[str]:
        """`SR`, or `SR rate unit of time`; 0 switches it off."""
        if words:
            if len(words) != 2 or words[1] not in SECONDS or float(words[0]) < 0.0:
                return [REFUSED]
            self._ramp_unit = words[1]
            self._valve.ramp = float(words[0]) / SECONDS[words[1]]
        rate = self._valve.ramp * SECONDS[self._ramp_unit]
        number, label = UNITS[MASS_FLOW].split()
        per = f"{self._ramp_unit} {label}/{PER[self._ramp_unit]}"
        return [self.led(f"{shown(rate)} {number} {per}")]


EMULATOR = MC
