"""A photovoltaic device with its history: what the terminals show and what they do to it.

Times are run time in s, currents count positive when generated, temperatures are the cell's.
Between two calls the terminals keep what was last applied.
"""

from __future__ import annotations

from sim_backends.models import ageing, fatigue, hysteresis, series_stack, solar_cell, wear
from sim_backends.models.photovoltaic_device import PhotovoltaicDevice
from sim_backends.models.roots import root
from sim_backends.models.solar_cell import Operating, Wear

_MARGIN = 1e-9
"""V by which a bracket is widened against rounding."""

_RESOLUTION = 1e-12
"""V to which a voltage under hysteresis is solved."""

_STEPS = 8
"""Most steps in which ions and voltage of a driven device are brought together."""


class SolarSample:
    """`device` as new and rested in the dark at time `t0`, its terminals open."""

    def __init__(self, device: PhotovoltaicDevice, t0: float) -> None:
        self.device = device
        self._dose = 0.0
        self._soaked = 0.0
        self._bends = 0.0
        self._worn: Wear | None = None
        self._ions = 0.0
        self._seen = t0
        self._applied: float | None = None
        self._driven = 0.0

    def expose(self, irradiance: float, temperature: float, dt: float) -> None:
        """`dt` s under steady effective `irradiance` in W/m2 at cell `temperature` in degC."""
        device = self.device
        self._dose += dt * ageing.dose_rate(device.ageing, irradiance, temperature)
        self._soaked = ageing.soak(device.metastability, self._soaked, irradiance, dt)
        self._worn = None

    def bend(self, radius: float, bends: float, angle: float) -> None:
        """`bends` bends to `radius` m, the axis off by `angle` rad."""
        strained = fatigue.strain(self.device.thickness, radius, angle)
        self._bends += fatigue.damage(self.device.fatigue, strained, bends)
        self._worn = None

    def settle(self, irradiance: float, temperature: float, t: float) -> None:
        """Let the ions follow until `t` what the terminals kept since the last call."""
        dt = t - self._seen
        law = self.device.hysteresis
        if dt <= 0.0 or law.amplitude == 0.0:
            return
        self._seen = t
        if self._applied is not None:
            self._ions = hysteresis.relax(self._ions, self._applied, dt, law.tau)
            return
        # At a driven current (also at none) the voltage moves with the ions: a few short steps.
        steps = min(1 + int(dt / law.tau), _STEPS)
        point = self._operating(irradiance, temperature)
        for _ in range(steps):
            shown = self._voltage(point, self._driven)
            self._ions = hysteresis.relax(self._ions, shown, dt / steps, law.tau)

    def current(self, voltage: float, irradiance: float, temperature: float, t: float) -> float:
        """Current in A at `voltage` in V, applied from `t` on."""
        self.settle(irradiance, temperature, t)
        self._applied = voltage
        return self._current(self._operating(irradiance, temperature), voltage)

    def voltage(self, current: float, irradiance: float, temperature: float, t: float) -> float:
        """Voltage in V at `current` in A, drawn from `t` on."""
        self.settle(irradiance, temperature, t)
        self._applied, self._driven = None, current
        return self._voltage(self._operating(irradiance, temperature), current)

    def _operating(self, irradiance: float, temperature: float) -> Operating:
        if self._worn is None:
            self._worn = wear.factors(self.device, self._dose, self._soaked, self._bends)
        return solar_cell.operating(self.device, irradiance, temperature, self._worn)

    def _current(self, point: Operating, voltage: float) -> float:
        law = self.device.hysteresis
        if law.amplitude != 0.0:
            point = solar_cell.collecting(point, hysteresis.collection(law, self._ions, voltage))
        return series_stack.current(*point, voltage)

    def _voltage(self, point: Operating, current: float) -> float:
        amplitude = self.device.hysteresis.amplitude
        if amplitude == 0.0:
            return series_stack.voltage(*point, current)
        # The photocurrent depends on the voltage sought, which lies between these two.
        low = series_stack.voltage(*solar_cell.collecting(point, 1.0 - amplitude), current)
        high = series_stack.voltage(*solar_cell.collecting(point, 1.0 + amplitude), current)
        return root(
            lambda voltage: self._current(point, voltage) - current,
            low - _MARGIN,
            high + _MARGIN,
            _RESOLUTION,
        )
