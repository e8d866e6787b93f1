"""Overall efficiency of a photo-charging device by an energy balance of one cycle.

The boundary is the device's face on one side and the pack's terminals on the other. What comes in
is light, what comes out is what the pack gives from the end of the charge until it is back in the
state in which it began: at the same voltage under the same current. All else is loss.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import numpy as np

from labctl import clock
from labctl.evidence import Evidence, Reading
from labctl.i18n import N_
from labctl.run import Run
from labctl.sample import Sample
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from procedures.analysis.iec60891 import STC_IRRADIANCE, STC_TEMPERATURE
from procedures.methods.photocharging.charging import Charge, charge
from procedures.methods.photocharging.discharging import Discharge, discharge, weights_until
from procedures.methods.photovoltaics.chuck import hold
from procedures.methods.photovoltaics.device import Device, device_on
from procedures.methods.photovoltaics.light import Lit, restore, set_light
from procedures.methods.photovoltaics.standard_conditions import budget
from rigs.photocharging import PhotochargingRig

WARMTH = "efficiency_temperature_coefficient"
LIGHT = "efficiency_irradiance_coefficient"
"""Properties of the sheet: relative change of the figure per K and per relative change of light."""

CONDITIONING = 5400.0
"""Seconds of light before the first discharge: a third of the pack's charge or more, several times
what the open-circuit voltage of aqueous zinc cells needs to turn from charge to discharge."""

HOW = N_(
    "Conditioned by 1.5 h of light, discharged at the sheet's current to its cut-off voltage, "
    "charged by 1000 W/m2 alone for the sheet's charging time with the module at 25 degC, "
    "discharged at the same current until the voltage was that of the end before. Efficiency = "
    "energy of the second discharge at the pack's terminals / (irradiance by the reference cell x "
    "area of the whole face x time)."
)
LEFT_OUT = (
    N_("history of the pack: the same voltage under the same current is taken for the same state"),
    N_("flow, temperature difference and heating value: no matter crosses the boundary"),
    N_("heat loss: heat is no output of this balance and is not metered"),
    N_("temperature of the pack apart from that of the chuck"),
    N_("angle and divergence of the light"),
)
INTERRUPTED = "an uninterrupted cycle: what was charged or discharged meanwhile was not metered"


async def conversion_efficiency(run: Run, rig: PhotochargingRig, result: str) -> Evidence:
    """Evidence for `result`: energy discharged over light received by the face, in %."""
    sample = run.sample
    amperes = sample.quantity("discharge_current", "A").value
    cut_off = sample.quantity("cut_off_voltage", "V").value
    seconds = sample.quantity("charging_time", "s").value
    device = device_on(run, rig)
    celsius = device.chuck_for(STC_TEMPERATURE, STC_IRRADIANCE)
    lit = await set_light(run, rig, "light", STC_IRRADIANCE)
    await hold(run, rig, "cycle", celsius)
    await condition(run, rig, lit)
    before = await discharge(run, rig, "emptying", amperes, cut_off)
    charged = await charge(run, rig, lit, STC_IRRADIANCE, celsius, seconds)
    after = await discharge(run, rig, "discharge", amperes, before.end)
    run.progress(0.97, "reduction")
    cycle = Cycle(device.later(seconds), before, charged, after)
    return await run.reduce(lambda: _evidence(run, cycle, result))


async def condition(run: Run, rig: PhotochargingRig, lit: Lit) -> None:
    """Light on the device for a while, so that the discharge after it is long enough to wipe out
    what the pack has kept of earlier charges."""

    async def wait() -> bool:
        await clock.sleep(CONDITIONING)
        return True

    async with run.scope("conditioning", lambda: restore(rig, lit)):
        await run.step("light", wait, bool)


@dataclass(frozen=True)
class Cycle:
    """A cycle of `device`: the emptying `before`, the charge, the discharge `after`."""

    device: Device
    before: Discharge
    charged: Charge
    after: Discharge

    def percent(self, mc: MonteCarlo) -> Draws:
        """The overall efficiency in %, shape (draws + 1, 1), at 1000 W/m2 and 25 degC."""
        light = self.light(mc)
        seconds = self.charged.end - self.charged.begin
        share = self.energy(mc) / (light * self._area(mc))
        brightness = light / seconds / STC_IRRADIANCE
        warmth = self._stated(mc, WARMTH, "1/K") * self.kelvin(mc)
        return (
            100.0 * share * brightness ** -self._stated(mc, LIGHT, "dimensionless") / (1 + warmth)
        )

    def energy(self, mc: MonteCarlo) -> Draws:
        """Energy in J from the charged pack until it is back at the voltage where it began."""
        voltage = _joined([leg.voltage.readings() for leg in self.after.legs])
        current = _joined([leg.current.readings() for leg in self.after.legs])
        time = np.array([reading.t for reading in voltage])
        by = weights_until(time, np.array([r.value for r in voltage]), self.before.end)
        return -mc.weighted(voltage, by, "energy") * mc.mean(current)

    def light(self, mc: MonteCarlo) -> Draws:
        """Irradiance times time in J/m2 on the face while the shutter was open."""
        readings = self.charged.reference.readings()
        # The first and the last reading stand for the moments to the shutter's movements.
        first = msgspec.structs.replace(readings[0], t=self.charged.begin)
        last = msgspec.structs.replace(readings[-1], t=self.charged.end)
        return mc.integral([first, *readings, last]) * self.device.light_factor(mc)

    def kelvin(self, mc: MonteCarlo) -> Draws:
        """Mean temperature of the module over 25 degC, in K."""
        mean = float(np.mean(self.charged.reference.array)) / self.device.cell.responsivity.value
        chuck = mc.mean(self.charged.temperature.readings())
        return self.device.temperature(mc, chuck, np.full_like(chuck, mean)) - STC_TEMPERATURE

    def unstated(self) -> tuple[Unstated, ...]:
        """What neither bench file nor sheet states."""
        return self.device.unstated(WARMTH, LIGHT)

    def _area(self, mc: MonteCarlo) -> Draws:
        return self.device.stated(mc, "area", "m**2")

    def _stated(self, mc: MonteCarlo, name: str, unit: str) -> Draws:
        sample: Sample = self.device.sample
        if name not in sample.properties:
            return np.zeros((mc.draws + 1, 1))
        return self.device.stated(mc, name, unit)


def _evidence(run: Run, cycle: Cycle, result: str) -> Evidence:
    mc = run.monte_carlo
    broken = any(gap.seconds > 0.0 for gap in run.gaps)
    return run.evidence(
        {result: run.figure(result, cycle.percent, "%")},
        how=HOW,
        left_out=LEFT_OUT,
        missing=(INTERRUPTED,) if broken else (),
        unstated=cycle.unstated(),
        budget=budget(mc, cycle.percent, result),
    )


def _joined(parts: list[list[Reading]]) -> list[Reading]:
    return [reading for part in parts for reading in part]
