"""Thorlabs power sensor heads: what a PM100D tells of them, and how accurate they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from drivers.roles.laser_power_meter import PowerSensor
from labctl.evidence import Accuracy

CONSOLE = 0.002
"""Accuracy of the console, part of the range's full scale (PM100D manual, technical data)."""

IS_POWER, WAVELENGTH_SETTABLE = 1, 32
"""Bits of a head's flags (PM100D manual, SYSTem:SENSor:IDN?, p. 49)."""

DATES = ("%d-%b-%Y", "%d-%b-%y", "%Y-%m-%d", "%d.%m.%Y")
_FIELDS = 6


@dataclass(frozen=True)
class Band:
    """The accuracy `gain` (a fraction) of a `model` of head from `low` to `high` in nm, and the
    largest power it takes in W."""

    model: str
    low: float
    high: float
    gain: float
    largest: float

    @property
    def line(self) -> Accuracy:
        """As a line of a data sheet, on the head's largest range."""
        return self.on(self.largest)

    def on(self, full_scale: float) -> Accuracy:
        """The same on the console's range of `full_scale` in W."""
        return Accuracy(
            f"power {self.model} {self.low:g}-{self.high:g} nm",
            full_scale,
            "W",
            self.gain,
            CONSOLE * full_scale,
            f"Thorlabs {self.model} specification, remembered, not re-read; with the console's "
            f"{CONSOLE:.1%} of full scale (PM100D operation manual)",
        )


BANDS = (
    Band("S120C", 400, 439, 0.05, 0.05),
    Band("S120C", 440, 980, 0.03, 0.05),
    Band("S120C", 981, 1100, 0.07, 0.05),
    Band("S121C", 400, 439, 0.05, 0.5),
    Band("S121C", 440, 980, 0.03, 0.5),
    Band("S121C", 981, 1100, 0.07, 0.5),
    Band("S130C", 400, 439, 0.05, 0.5),
    Band("S130C", 440, 980, 0.03, 0.5),
    Band("S130C", 981, 1100, 0.07, 0.5),
    Band("S122C", 700, 899, 0.07, 0.04),
    Band("S122C", 900, 1650, 0.05, 0.04),
    Band("S122C", 1651, 1800, 0.07, 0.04),
)
"""Photodiode heads; whole nanometres, as the specifications give them."""


@dataclass(frozen=True)
class Head:
    """A head as it tells of itself."""

    sensor: PowerSensor
    flags: int

    @property
    def measures_power(self) -> bool:
        """Whether it is a power sensor with a responsivity by wavelength."""
        return self.flags & IS_POWER != 0 and self.flags & WAVELENGTH_SETTABLE != 0


def head(answer: str) -> Head:
    """The head in the answer to `SYST:SENS:IDN?`; ValueError where there is none, or no date.

    The meter knows no number of a certificate: its calibration message stands for it.
    """
    fields = [field.strip().strip('"') for field in answer.split(",")]
    if len(fields) != _FIELDS or not fields[5].isdecimal():
        raise ValueError(f"{answer!r} is no description of a head")
    model, serial, message = fields[:3]
    if not model or not serial or model.lower() == "no sensor":
        raise ValueError("no head is connected")
    return Head(PowerSensor(model, serial, message, _date(message)), int(fields[5]))


def band(model: str, wavelength: float) -> Band:
    """The band of a head's `model` that holds `wavelength` in nm; ValueError where none does."""
    for one in BANDS:
        if one.model == model and one.low <= round(wavelength) <= one.high:
            return one
    raise ValueError(f"no accuracy is known for a head {model} at {wavelength:g} nm")


def _date(message: str) -> str:
    """The calibration date in ISO 8601."""
    text = message.replace("Cal.", "").replace("cal.", "").strip()
    for form in DATES:
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    raise ValueError(f"the head has no calibration date, but {message!r}")
