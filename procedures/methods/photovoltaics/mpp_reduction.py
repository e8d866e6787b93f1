"""Reduction of a maximum-power-point log to a relative loss. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import msgspec
import numpy as np
from numpy.typing import NDArray

from labctl.i18n import N_
from labctl.uncertainty import Draws, MonteCarlo
from procedures.analysis import mpp
from procedures.analysis.retention import relative_loss
from procedures.methods.endurance.growth import growth_percent
from procedures.methods.endurance.log import Log
from procedures.methods.photovoltaics.device import Device
from procedures.methods.trace import Trace

SOAKING = 10 * 3600.0
"""Seconds of light soaking at the maximum power point before the run begins: metastable cells
rise in it, and what rises is no start value."""

WINDOW = 48 * 3600.0
"""Seconds of readings that a line is laid through at either end of the run."""

HOW = N_(
    "Held at the maximum power point by perturb and observe, at most 1 h from step to step. Power "
    "corrected to the set irradiance by the reference cell and to the set temperature by the "
    "device's temperature coefficient, and to the top of the parabola over voltage that the "
    "tracker's steps show; end value by a straight line over the last 48 h, start value by one "
    "over the first 48 h, which begin after 10 h of light soaking at the maximum power point. "
    "Loss = (start - end) / start of power, which at equal irradiance and area is of efficiency."
)
LEFT_OUT = (
    N_("what is left of light soaking after 10 h"),
    N_("the reference cell's ageing during the run"),
    N_("curvature of power over irradiance within the 0.5 % that the light is kept to"),
)


class Ending(msgspec.Struct, frozen=True):
    """Readings at one end of the run: reference cell in V, chuck in degC, device in V and A."""

    reference: Trace
    chuck: Trace
    voltage: Trace
    current: Trace


class Logged(msgspec.Struct, frozen=True):
    """The whole log (`irradiance` in W/m2, `chuck` in degC, `voltage` in V, `current` in A) and
    the readings of its ends with their accuracies."""

    log: Log
    start: Ending
    end: Ending


def windows(seconds: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Begin and end, in s of the run, of the readings for the start value and for the end value.

    A run of less than eight windows has shorter ones, in proportion.
    """
    part = min(1.0, seconds / (8 * WINDOW))
    return (0.0, part * WINDOW), (seconds - part * WINDOW, seconds)


@dataclass(frozen=True)
class MppLoss:
    """Relative loss of power of `device` at `irradiance` in W/m2 and `celsius` in degC."""

    device: Device
    logged: Logged
    irradiance: float
    celsius: float

    def percent(self, mc: MonteCarlo) -> Draws:
        """Relative loss in %, draws of shape (draws + 1,)."""
        log = self.logged.log
        rest = self._rest
        later = self.device.later(log.seconds)
        start = self._value(mc, self.device, self.logged.start, log.begin, rest, "start")
        end = self._value(mc, later, self.logged.end, log.end, rest, "end")
        return 100.0 * relative_loss(start, end)

    def growth_percent(self) -> float:
        """Growth of the loss at the end of the run, in % per unit of ln(dose)."""
        log = self.logged.log
        first = log.elapsed <= windows(log.seconds)[0][1]
        start = float(self._power[first].mean())
        return growth_percent(log.elapsed / log.seconds, self._power, start)

    def _weights(self, used: NDArray[np.bool_], at: float) -> NDArray[np.float64]:
        """Weights of the power readings `used` for the value at run time `at` in s."""
        log = self.logged.log
        time, voltage = np.array(log.t)[used], log.column("voltage")[used]
        return mpp.top_weights(time, voltage, self.power_log()[used], at)

    def power_log(self) -> NDArray[np.float64]:
        """Corrected power in W of the whole log as read, shape (n,)."""
        return self._power

    @cached_property
    def _rest(self) -> NDArray[np.float64]:
        return mpp.wandering(self.logged.log.elapsed, self._power)

    @cached_property
    def _power(self) -> NDArray[np.float64]:
        log = self.logged.log
        light = log.column("irradiance")
        return mpp.corrected_power(
            -log.column("voltage") * log.column("current"),
            light,
            log.column("chuck") + self.device.heating.value * light,
            to_irradiance=self.irradiance,
            to_temperature=self.celsius,
            gamma=self.device.sample.quantity("power_temperature_coefficient", "1/K").value,
        )

    def _value(
        self,
        mc: MonteCarlo,
        device: Device,
        ending: Ending,
        at: float,
        rest: NDArray[np.float64],
        name: str,
    ) -> Draws:
        """Power in W at run time `at` in s by a line through the readings of one end."""
        weights = self._weights(np.isin(np.array(self.logged.log.t), ending.reference.t), at)
        light = device.irradiance(mc, mc.readings(ending.reference.readings()))
        chuck = mc.readings(ending.chuck.readings())
        power = -mc.readings(ending.voltage.readings()) * mc.readings(ending.current.readings())
        corrected = mpp.corrected_power(
            power,
            light,
            device.temperature(mc, chuck, light),
            to_irradiance=self.irradiance,
            to_temperature=self.celsius,
            gamma=device.stated(mc, "power_temperature_coefficient", "1/K"),
        )
        scatter = mpp.line_uncertainty(rest, weights)
        return corrected @ weights + scatter * mc.normal(f"scatter/{name}")[:, 0]
