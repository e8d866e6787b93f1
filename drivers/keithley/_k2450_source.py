"""How a Keithley 2450 is told what to source."""

from __future__ import annotations

from typing import ClassVar

from drivers.keithley._k2450_sheet import RATINGS
from drivers.keithley._ratings import Ratings
from drivers.keithley._source import Source


class Source2450(Source):
    """Settings of a 2450."""

    ratings: ClassVar[Ratings] = RATINGS

    def commands(self, level: float) -> list[str]:
        """All settings, level included.

        With its output off the instrument opens its relay (manual 2450-901-01 Rev. B, p. 6-31), so
        that a device under light rests at open circuit; the normal state would hold it near 0 V.

        Ranges go to automatic first: a limit below a tenth of the measuring range, and a level
        beyond the source range, would be refused.
        """
        func, meas = self.headers
        limit = "ILIM" if self.function == "voltage" else "VLIM"
        return [
            f":SOUR:FUNC {func}",
            f":OUTP:{func}:SMOD HIMP",
            f':SENS:FUNC "{meas}"',
            f":SENS:{meas}:RANG:AUTO ON",
            f":SOUR:{func}:{limit} {self.compliance:.9g}",
            f":SENS:{meas}:RANG {self.measured_range:.9g}",
            f":SOUR:{func}:RANG:AUTO ON",
            self.level_command(level),
            f":SOUR:{func}:RANG {self.range:.9g}",
            f":SOUR:{func}:READ:BACK ON",
        ]
