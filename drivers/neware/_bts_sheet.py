"""Limits of error of a Neware channel: shares of the full scale of its type."""

from __future__ import annotations

from dataclasses import dataclass

from labctl.evidence import Accuracy

SOURCE = "BTS4000-5V6A data sheet: 0.05 % of full scale of voltage and of current; remembered"
SUMMED = "the current's limits of error over the step's time; remembered as those"
SHARE = 5e-4
NOTHING = 1e-3
"""Part of the full scale of current below which a channel carries none."""


@dataclass(frozen=True)
class Sheet:
    """Full scale: `voltage` in V, `current` in A."""

    voltage: float = 5.0
    current: float = 6.0

    def __post_init__(self) -> None:
        if min(self.voltage, self.current) <= 0:
            raise ValueError("voltage_range and current_range are above 0")

    @property
    def zero_current(self) -> float:
        """Current in A up to which a channel counts as open."""
        return NOTHING * self.current

    def lines(self, time: float, voltage: float) -> dict[str, Accuracy]:
        """By quantity, after `time` in s of a step at up to `voltage` in V."""
        volts, amperes = SHARE * self.voltage, SHARE * self.current
        charge = amperes * max(time, 1.0)
        full_charge = self.current * max(time, 1.0)
        gain = volts / max(abs(voltage), volts)
        return {
            "voltage": Accuracy("voltage", self.voltage, "V", 0.0, volts, SOURCE, 1e-4),
            "current": Accuracy("current", self.current, "A", 0.0, amperes, SOURCE, 1e-4),
            "charge": Accuracy("charge", full_charge, "C", 0.0, charge, SUMMED, 0.36),
            "energy": Accuracy(
                "energy", full_charge * self.voltage, "J", gain, charge * abs(voltage), SUMMED, 0.36
            ),
        }


SHEET_LINES = tuple(Sheet().lines(3600.0, 5.0).values())
"""Of the 5 V, 6 A type; charge and energy as after an hour."""
