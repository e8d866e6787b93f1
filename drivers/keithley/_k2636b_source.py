"""What a channel of a Keithley 2636B sources and how that is told to it: data and text, no line."""

from __future__ import annotations

from dataclasses import dataclass

from drivers.keithley._k2636b_sheet import measured_range

LETTERS = {"voltage": "v", "current": "i"}
FUNCTIONS = {"voltage": 1, "current": 0}


@dataclass(frozen=True)
class Source:
    """`function` ("voltage" or "current") sourced on the range `range`, with its `compliance`.

    `range` is in the unit of the function, `compliance` in that of the other one, which is
    measured on the smallest range that holds the compliance.
    """

    channel: str
    function: str
    range: float
    compliance: float

    @property
    def measured(self) -> str:
        """The function that is not sourced."""
        return "current" if self.function == "voltage" else "voltage"

    @property
    def full_scales(self) -> dict[str, float]:
        """The measuring range of each function in its unit; that of the source is its range."""
        return {
            self.function: self.range,
            self.measured: measured_range(self.measured, self.compliance),
        }

    def level_statement(self, level: float) -> str:
        """The statement that sets the level alone."""
        return f"{self.channel}.source.level{LETTERS[self.function]}={level:.9g}"

    def statements(self, level: float) -> list[str]:
        """All settings, level included.

        Ranges go to automatic first: a level beyond a fixed source range would be refused.
        """
        smu, of, other = self.channel, LETTERS[self.function], LETTERS[self.measured]
        return [
            f"{smu}.source.func={FUNCTIONS[self.function]}",
            f"{smu}.measure.autorange{other}=1",
            f"{smu}.source.limit{other}={self.compliance:.9g}",
            f"{smu}.measure.range{other}={self.full_scales[self.measured]:.9g}",
            f"{smu}.source.autorange{of}=1",
            self.level_statement(level),
            f"{smu}.source.range{of}={self.range:.9g}",
        ]
