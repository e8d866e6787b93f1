"""Whether a condition stays in its band while a run goes on: for people, not for the verdict.

The judge looks at all readings at the end; a person who hears of it now can still save the run.
"""

from __future__ import annotations

from dataclasses import dataclass

from labctl.i18n import N_
from labctl.words import Text

OUT = N_("{quantity} is {value} {unit}; the condition asks for {low} to {high} {unit}.")


@dataclass
class BandWatch:
    """Looks whether a condition stays in its band: `low` to `high` in `unit`.

    A single value outside may be noise: `looks` in a row are told, and once until it was inside
    again.
    """

    quantity: str
    low: float
    high: float
    unit: str
    looks: int = 2
    outside: int = 0

    def look(self, value: float) -> Text | None:
        """The condition is `value` now, in `unit`; what to say of it."""
        if self.low <= value <= self.high:
            self.outside = 0
            return None
        self.outside += 1
        if self.outside != self.looks:
            return None
        figures = {"value": value, "low": self.low, "high": self.high}
        words = {name: f"{figure:.6g}" for name, figure in figures.items()}
        return Text(OUT, {"quantity": self.quantity, "unit": self.unit, **words})
