"""What a Keithley source meter sources, told in SCPI: plain data and text, no line."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from drivers.keithley._ratings import Ratings

HEADERS = {"voltage": "VOLT", "current": "CURR"}


@dataclass(frozen=True)
class Source(ABC):
    """`function` ("voltage" or "current") sourced on the range `range`, with its `compliance`.

    `range` is in the unit of the function, `compliance` in that of the other one, which is
    measured on the smallest range that holds the compliance.
    """

    function: str
    range: float
    compliance: float
    ratings: ClassVar[Ratings]

    @property
    def measured(self) -> str:
        """The function that is not sourced."""
        return "current" if self.function == "voltage" else "voltage"

    @property
    def measured_range(self) -> float:
        """The range of that function, in its unit."""
        return self.ratings.full_scale(self.measured, self.compliance)

    @property
    def headers(self) -> tuple[str, str]:
        """The words for the sourced and for the other function in commands."""
        return HEADERS[self.function], HEADERS[self.measured]

    def level_command(self, level: float) -> str:
        """The command that sets the level alone."""
        return f":SOUR:{HEADERS[self.function]}:LEV {level:.9g}"

    @abstractmethod
    def commands(self, level: float) -> list[str]:
        """All settings, level included."""
