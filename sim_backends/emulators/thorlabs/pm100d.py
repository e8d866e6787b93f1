"""Thorlabs PM100D power meter console with an S120C head, SCPI, at the wire.

Written from the operation manual of the PM100D (17654-D02), "Computer interface" and "Technical
data". Modelled: the photodiode input with ranges and autorange, responsivity by the wavelength that
is set, averaging, zero adjustment, attenuation, reference, power in W and dBm, photocurrent, power
density, temperature of the head, overflow 9.9E+37. Not modelled: thermopile and pyroelectric heads
and what belongs to them (energy, frequency, voltage and resistance are refused with -221), events
and enable registers of STATus, user settings of the display, date and time. Assumed: the zero's
magnitude is a photocurrent in A; zeroing a lit head fails with -340; the sign of the empty error
queue's number.
"""

from __future__ import annotations

import math
from collections.abc import Generator

import numpy as np

from sim_backends.emulators.accuracy import Channel
from sim_backends.emulators.scpi import ScpiError, ScpiInstrument
from sim_backends.emulators.thorlabs import pm100d_specs as specs
from sim_backends.emulators.thorlabs.pm100d_commands import build_table
from sim_backends.emulators.thorlabs.sensor import Head, responsivity
from sim_backends.models.reference.steady_beam import BeamPort

_SHOWN = {"POWer": "POW", "CURRent": "CURR", "PDENsity": "PDEN", "TEMPerature": "TEMP"}
_ZEROING, _OVERRANGED = 1, 8


class PM100D(ScpiInstrument):
    """One PM100D whose head stands in the beam at `port`."""

    TABLE = build_table()
    LATENCY = 2e-3

    def __init__(self, port: BeamPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(("Thorlabs", "PM100D", serial, "2.4.0"))
        self.head = Head(port, rng)
        self.input = Channel(specs.CURRENT, rng)
        self.beeper = True
        self._rng = rng
        self._defaults()

    def _defaults(self) -> None:
        self.quantity = "POWer"
        self.averages = 1
        self.wavelength = 635.0
        self.loss = 0.0
        self.beam = self.head.diameter
        self.unit = "W"
        self.reference = 0.0
        self.relative = False
        self.filtered = False
        self.auto = True
        self.range_index = len(specs.CURRENT) - 1
        self.zero = 0.0
        self.zeroing = False
        self.overranged = False
        self.last: str | None = None

    # What commands use

    @property
    def sensor_identity(self) -> str:
        """Name, serial number, calibration, type, subtype and flags of the head."""
        head = self.head
        number = f"{self.identity[2]}-H"
        return f"{head.name},{number},{head.calibrated},{head.kind},{head.subtype},{head.flags}"

    @property
    def shown(self) -> str:
        """The configured measurement, in short form."""
        return _SHOWN[self.quantity]

    def configure(self, quantity: str) -> None:
        """Select what is measured; -221 for what this head cannot do."""
        if not quantity:
            raise ScpiError(-221)
        self.quantity = quantity

    def upper_ranges(self, quantity: str) -> tuple[float, ...]:
        """Ranges by their highest value, in A or, at the wavelength that is set, in W."""
        if quantity == "CURRent":
            return self.input.ranges
        return tuple(self._watts(current) for current in self.input.ranges)

    def set_range(self, quantity: str, value: float) -> None:
        """The lowest range for `value`; autorange ends."""
        ranges = self.upper_ranges(quantity)
        fitting = [index for index, top in enumerate(ranges) if value <= top * (1 + 1e-6)]
        self.range_index, self.auto = fitting[0] if fitting else len(ranges) - 1, False

    def acquire(self) -> Generator[float | None, None, str]:
        """A new measurement and its answer."""
        if not self.idle:
            yield None
        yield from self.sample()
        assert self.last is not None
        return self.last

    def sample(self) -> Generator[float, None, None]:
        """Take the averages of one measurement."""
        yield self.t + self.averages * specs.SAMPLE_TIME
        self.last = f"{self._value():.8E}"

    def start_zero(self) -> None:
        """Start a zero adjustment; -213 while something runs."""
        self.start(self._adjust())
        self.zeroing = True

    def abort_zero(self) -> None:
        """End a zero adjustment without a result."""
        if self.zeroing:
            self.zeroing = False
            self.abort()

    def condition(self, register: str) -> int:
        """Condition of a status register."""
        if register == "OPERation":
            return _ZEROING * self.zeroing
        return _OVERRANGED * self.overranged if register == "QUEStionable" else 0

    def reset(self) -> None:
        """`*RST`: settings as after delivery."""
        super().reset()
        self._defaults()

    def error_text(self) -> str:
        """Number and text of the oldest error."""
        event = self.status.errors.pop()
        return '+0,"No error"' if event is None else f'{event.code},"{event.text}"'

    # Measuring

    def _adjust(self) -> Generator[float, None, None]:
        yield self.t + specs.ZERO_TIME
        self.zeroing = False
        dark = self.head.current(self.t)
        if abs(dark) > specs.BRIGHTEST_ZERO:
            raise ScpiError(-340)
        self.zero = self.input.convert(dark, self.input.fit(dark), 0.1)

    def _value(self) -> float:
        if self.quantity == "TEMPerature":
            return self.head.temperature(self.t)
        current = self._current()
        if self.overranged:
            return specs.OVERFLOW
        if self.quantity == "CURRent":
            return current
        watts = self._watts(current)
        if self.quantity == "PDENsity":
            return watts / (math.pi * (self.beam / 20.0) ** 2)
        watts -= self.reference * self.relative
        if self.unit == "W":
            return watts
        return 10.0 * math.log10(watts / 1e-3) if watts > 0.0 else specs.NOT_A_NUMBER

    def _current(self) -> float:
        true = self.head.current(self.t)
        if self.auto:
            self.range_index = self.input.fit(true)
        self.overranged = self.input.over(true, self.range_index)
        noise = (specs.FILTER_NOISE if self.filtered else 1.0) / math.sqrt(self.averages)
        return self.input.convert(true, self.range_index, noise) - self.zero

    def _watts(self, current: float) -> float:
        return current / responsivity(self.wavelength) * 10.0 ** (self.loss / 10.0)


EMULATOR = PM100D
