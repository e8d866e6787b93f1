"""The RGA's head: ionizer with its filament, mass filter, detector, and the checks on them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim_backends.emulators.accuracy import Channel
from sim_backends.emulators.srs import specs
from sim_backends.models.residual_gas import VacuumPort, nitrogen_equivalent, peaks, transmitted

NO_FILAMENT, NO_EMISSION, OVERPRESSURE = 0x80, 0x40, 0x20
"""Bits of FIL_ERR (maker's library srsinst.rga, errors.py)."""

_MINISCAN = (-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3)
_LARGEST, _SMALLEST = 2**31 - 1, -(2**31)


class Head:
    """One head at `port`, with its own sensitivity, offset and mass scale error.

    `values` are the settings by command name. `filament_broken` is a fault that a test may set.
    """

    def __init__(
        self, port: VacuumPort, values: Mapping[str, float], rng: np.random.Generator
    ) -> None:
        self._port, self._values, self._rng = port, values, rng
        self._electrometer = Channel([specs.ACCURACY], rng)
        self._shift = float(rng.uniform(-specs.SHIFT, specs.SHIFT))
        self._excess = float(rng.uniform(-specs.EMISSION_ERROR, specs.EMISSION_ERROR)) / 3.5
        self._zeroed: tuple[float, bool] | None = None
        self.filament_broken = False
        self.emission = 0.0
        self.multiplier = 0.0
        self.filament_errors = 0

    # Ionizer and multiplier

    def pressure(self, t: float) -> float:
        """What a gauge for nitrogen would read, in Pa."""
        return nitrogen_equivalent(self._port.partial_pressures(t))

    def light(self, current: float, t: float) -> float:
        """Set the emission to `current` in mA; the seconds that it takes. Look at the errors."""
        self.emission = 0.0
        if current == 0.0:
            return specs.BIAS_TIME
        if self.filament_broken:
            self.filament_errors = NO_FILAMENT
        elif self.pressure(t) > specs.HIGHEST_PRESSURE:
            self.filament_errors = OVERPRESSURE
        else:
            self.filament_errors = 0
            self.emission = current * (1.0 + self._excess)
            return specs.FILAMENT_TIME
        self.multiplier = 0.0
        return specs.FILAMENT_CHECK

    def protect(self, t: float) -> None:
        """The filament protection: overpressure ends emission and multiplier."""
        if self.emission and self.filament_broken:
            self._trip(NO_FILAMENT)
        elif self.emission and self.pressure(t) > specs.HIGHEST_PRESSURE:
            self._trip(OVERPRESSURE)

    def _trip(self, error: int) -> None:
        self.filament_errors = error
        self.emission = self.multiplier = 0.0

    # Ion currents, as counts of 1e-16 A

    def zero(self) -> None:
        """Take the detector's offset at the present settings out of what follows."""
        self._zeroed = self._detector

    def calibrate(self) -> None:
        """Recalibrate the electrometer: all stored offset corrections are lost."""
        self._zeroed = None

    def point(self, mass: float, t: float) -> int:
        """One measurement at `mass` in u (atomic mass units), counts of 1e-16 A."""
        heights = peaks(self._port.partial_pressures(t))
        return self._counts(transmitted(heights, mass + self._shift) * specs.SENSITIVITY)

    def peak(self, mass: int, t: float) -> int:
        """The highest of seven points about `mass` in u, counts of 1e-16 A."""
        heights = peaks(self._port.partial_pressures(t))
        return max(
            self._counts(transmitted(heights, mass + self._shift + step) * specs.SENSITIVITY)
            for step in _MINISCAN
        )

    def total(self, t: float) -> int:
        """The total ion current."""
        return self._counts(self.pressure(t) * specs.SENSITIVITY * specs.TOTAL_PART)

    @property
    def _detector(self) -> tuple[float, bool]:
        return self._values["NF"], self.multiplier > 0.0

    @property
    def _gain(self) -> float:
        if not self.multiplier:
            return 1.0
        ratio = self.multiplier / max(self._values["MV"], 1.0)
        return max(self._values["MG"] * 1e3, 1.0) * ratio**specs.MULTIPLIER_EXPONENT

    def _counts(self, nominal: float) -> int:
        """A nominal current in A at 1 mA, through this head's emission, gain and errors."""
        true = nominal * self.emission * self._gain
        current = self._electrometer.convert(true, 0)
        if self._zeroed == self._detector:
            current -= self._electrometer.convert(0.0, 0)
        spread = specs.noise(int(self._values["NF"]))
        current += spread * float(self._rng.standard_normal())
        return min(max(round(current / specs.UNIT), _SMALLEST), _LARGEST)
