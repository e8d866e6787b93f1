"""The meter inside a DMM6500 or a DAQ6510: one function on one range, set once, read often."""

from __future__ import annotations

import math
from dataclasses import dataclass

from drivers.accuracy import line_of, range_for
from drivers.generic.scpi import Scpi
from drivers.keithley._dmm_sheet import OVER
from drivers.limits import BenchLimits, refuse_outside
from labctl.evidence import Accuracy

LINE_PERIOD = 1 / 50
"""Longest power line cycle in s."""

LEAST_CYCLES, MOST_CYCLES = 0.0005, 12.0


@dataclass(frozen=True)
class Function:
    """What the meter can read: its name here, its SCPI name and header, the bench's limit of it."""

    name: str
    scpi: str
    header: str
    limit: str


FUNCTIONS = {
    "voltage": Function("voltage", "VOLT:DC", "VOLT", "voltage"),
    "current": Function("current", "CURR:DC", "CURR", "current"),
    "resistance": Function("resistance", "RES", "RES", ""),
    "resistance_4w": Function("resistance_4w", "FRES", "FRES", ""),
}


@dataclass(frozen=True)
class Setting:
    """A function on a range (None: autorange), integrating over power line cycles."""

    function: Function
    full_scale: float | None
    cycles: float

    def commands(self) -> list[str]:
        """What sets it."""
        head, full = f":SENS:{self.function.header}", self.full_scale
        return [
            f':SENS:FUNC "{self.function.scpi}"',
            f"{head}:RANG:AUTO ON" if full is None else f"{head}:RANG {full:.9g}",
            f"{head}:NPLC {self.cycles:g}",
        ]


READ_ONLY = frozenset({"*IDN?", "*LANG?", *(f":SENS:{f.header}:RANG?" for f in FUNCTIONS.values())})
"""Queries that change nothing."""


class Dmm:
    """The meter behind `scpi`, with the lines of its sheet and the bench's limits."""

    def __init__(
        self, scpi: Scpi, accuracies: tuple[Accuracy, ...], limits: BenchLimits, timeout: float
    ) -> None:
        self._scpi = scpi
        self._accuracies = accuracies
        self._limits = dict(limits)
        self._timeout = timeout
        self._setting: Setting | None = None

    def forget(self) -> None:
        """What was set is not known any more."""
        self._setting = None

    def setting(self, function: str, wanted: float | None, cycles: float) -> Setting:
        """The setting for `function` on the range that holds `wanted` in its unit.

        `LimitRefused` for a range or a number of cycles that meter or bench do not allow.
        """
        what = FUNCTIONS[function]
        head = f":SENS:{what.header}"
        address = self._scpi.address
        refuse_outside(
            "integration time",
            cycles,
            LEAST_CYCLES,
            MOST_CYCLES,
            "cycles",
            address=address,
            command=f"{head}:NPLC",
        )
        if wanted is None:
            return Setting(what, None, cycles)
        lines = [line for line in self._accuracies if line.function == function]
        most = min(max(line.range for line in lines), self._limits.get(what.limit, math.inf))
        refuse_outside(
            "range", wanted, 0.0, most, lines[0].unit, address=address, command=f"{head}:RANG"
        )
        return Setting(what, range_for(lines, function, wanted, 1.0), cycles)

    async def set(self, setting: Setting) -> None:
        """What is set already is not sent again."""
        if setting == self._setting:
            return
        self._setting = None
        await self._scpi.set(*setting.commands())
        self._setting = setting

    async def read(self, setting: Setting) -> tuple[float, Accuracy]:
        """One reading in the function's unit, with the line of the range in use.

        `InstrumentError` where the value is beyond the range.
        """
        await self.set(setting)
        value = await self._scpi.number(":READ?", self._timeout + setting.cycles * LINE_PERIOD * 3)
        line = line_of(self._accuracies, setting.function.name, await self._full_scale(setting))
        if abs(value) > 1.01 * OVER * line.range:
            raise self._scpi.wrong("the value is beyond the range", ":READ?", f"{value:g}")
        return value, line

    def line_holding(self, function: str, value: float) -> Accuracy:
        """The line of the range that an autoranging meter takes for `value` in its unit."""
        lines = [line for line in self._accuracies if line.function == function]
        top = max(line.range for line in lines)
        return line_of(lines, function, range_for(lines, function, min(abs(value), top), OVER))

    async def _full_scale(self, setting: Setting) -> float:
        """The range in use in the function's unit; with autorange the meter is asked."""
        if setting.full_scale is not None:
            return setting.full_scale
        command = f":SENS:{setting.function.header}:RANG?"
        full = await self._scpi.number(command)
        lines = (line for line in self._accuracies if line.function == setting.function.name)
        if not any(math.isclose(full, line.range, rel_tol=1e-3) for line in lines):
            raise self._scpi.wrong("this is none of the meter's ranges", command, f"{full:g}")
        return full
