"""What a Keithley 2450 sources and how that is told to it: plain data and text, no line."""

from __future__ import annotations

from dataclasses import dataclass

from drivers.keithley._k2450_sheet import full_scale

HEADERS = {"voltage": "VOLT", "current": "CURR"}


@dataclass(frozen=True)
class Source:
    """`function` ("voltage" or "current") sourced on the range `range`, with its `compliance`.

    `range` is in the unit of the function, `compliance` in that of the other one, which is
    measured on the smallest range that holds the compliance.
    """

    function: str
    range: float
    compliance: float

    @property
    def measured(self) -> str:
        """The function that is measured."""
        return "current" if self.function == "voltage" else "voltage"

    @property
    def measured_range(self) -> float:
        """The range of the measured function, in its unit."""
        return full_scale(self.measured, self.compliance)

    def level_command(self, level: float) -> str:
        """The command that sets the level alone."""
        return f":SOUR:{HEADERS[self.function]}:LEV {level:.9g}"

    def commands(self, level: float) -> list[str]:
        """All settings, level included.

        With its output off the instrument opens its relay (manual 2450-901-01 Rev. B, p. 6-31), so
        that a device under light rests at open circuit; the normal state would hold it near 0 V.

        Ranges go to automatic first: a limit below a tenth of the measuring range, and a level
        beyond the source range, would be refused.
        """
        func, meas = HEADERS[self.function], HEADERS[self.measured]
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
