"""How a Keithley 2400 is told what to source (user's manual 2400S-900-01 Rev. K, section 18)."""

from __future__ import annotations

from typing import ClassVar

from drivers.keithley._k2400_sheet import RATINGS
from drivers.keithley._ratings import Ratings
from drivers.keithley._source import Source

ELEMENTS = ":FORM:ELEM VOLT,CURR,TIME,STAT"
"""What a reading holds; the instrument keeps this order, however they are named."""


class Source2400(Source):
    """Settings of a 2400."""

    ratings: ClassVar[Ratings] = RATINGS

    def commands(self, level: float) -> list[str]:
        """All settings, level included.

        With its output off the instrument opens its relay (:OUTPut:SMODe HIMPedance), so that a
        device under light rests at open circuit. Both functions are measured: without that the
        sourced one would be told as it is set. The range of the sourced function is that of the
        source.

        Ranges go to automatic first: a compliance below 0.1 % of the measuring range, and a level
        beyond the source range, would be refused.
        """
        func, meas = self.headers
        return [
            ELEMENTS,
            f":SOUR:FUNC {func}",
            f":SOUR:{func}:MODE FIX",
            ":OUTP:SMOD HIMP",
            ":SENS:FUNC:CONC ON",
            ":SENS:FUNC 'VOLT','CURR'",
            f":SENS:{meas}:RANG:AUTO ON",
            f":SENS:{meas}:PROT {self.compliance:.9g}",
            f":SENS:{meas}:RANG {self.measured_range:.9g}",
            f":SOUR:{func}:RANG:AUTO ON",
            self.level_command(level),
            f":SOUR:{func}:RANG {self.range:.9g}",
            ":TRIG:COUN 1",
            ":SOUR:DEL:AUTO ON",
        ]

    def sweep_commands(self, start: float, stop: float, points: int, delay: float) -> list[str]:
        """A linear staircase of `points` levels from `start` to `stop`; `delay` in s.

        All on the source range that is set. Such a sweep is run by one reading of `points`.
        """
        head = f":SOUR:{self.headers[0]}"
        return [
            f"{head}:STAR {start:.9g}",
            f"{head}:STOP {stop:.9g}",
            f":SOUR:SWE:POIN {points}",
            ":SOUR:SWE:SPAC LIN",
            ":SOUR:SWE:RANG FIX",
            f"{head}:MODE SWE",
            f":SOUR:DEL {delay:.9g}",
            f":TRIG:COUN {points}",
        ]
