"""Ophir heads: how accurate they are, by their name and the wavelength."""

from __future__ import annotations

from dataclasses import dataclass

from labctl.evidence import Accuracy

LEAST_COUNT = 0.001
"""Resolution of the display, part of the range's full scale: remembered."""


@dataclass(frozen=True)
class Band:
    """The accuracy `gain` (a fraction) of heads whose name begins with `name`, from `low` to
    `high` in nm."""

    name: str
    low: float
    high: float
    gain: float

    def on(self, full_scale: float) -> Accuracy:
        """As a line of a data sheet, on the meter's range of `full_scale` in W."""
        return Accuracy(
            f"power {self.name} {self.low:g}-{self.high:g} nm",
            full_scale,
            "W",
            self.gain,
            LEAST_COUNT * full_scale,
            "Ophir sensor catalogue, accuracy of the head with its meter: remembered, not re-read",
        )


BANDS = (
    Band("PD300", 350, 429, 0.05),
    Band("PD300", 430, 950, 0.03),
    Band("PD300", 951, 1100, 0.05),
    Band("3A", 190, 20_000, 0.05),
    Band("10A", 190, 20_000, 0.05),
    Band("30A", 190, 20_000, 0.05),
)
"""Photodiodes and thermopiles; whole nanometres."""


def band(name: str, wavelength: float) -> Band:
    """The band of a head by its `name` at `wavelength` in nm; ValueError where none is known."""
    for one in BANDS:
        if name.upper().startswith(one.name) and one.low <= round(wavelength) <= one.high:
            return one
    raise ValueError(f"no accuracy is known for a head {name} at {wavelength:g} nm")
