"""The photovoltaic rig: lamp, reference cell, source meter, chuck at set temperature, bender."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.bending_tester import BendingTester
from drivers.roles.solar_simulator import SolarSimulator
from drivers.roles.source_meter import SourceMeter
from drivers.roles.temperature_controller import TemperatureController
from drivers.roles.voltmeter import Voltmeter
from labctl.quantity import Quantity
from labctl.sample import Sample
from labctl.samples.fingerprint import Bands
from rigs.fingerprint_photovoltaic import BANDS, dark_fingerprint
from rigs.probes import Probe, Value, question
from rigs.safety import Doing, safe_all, try_all


@dataclass(frozen=True)
class ReferenceCell:
    """A calibrated reference cell with its shunt.

    `responsivity` is the calibration value in V per W/m2 at 25 degC with its standard
    uncertainty, `certificate` names where it comes from. The cell is thermostatted by its own
    Peltier element at 25 degC, so no temperature correction is made.
    """

    serial: str
    responsivity: Quantity
    certificate: str


@dataclass(frozen=True)
class PhotovoltaicRig:
    """All roles of the bench. `reference_cell` is read through `reference_meter`."""

    source_meter: SourceMeter
    reference_meter: Voltmeter
    lamp: SolarSimulator
    chuck: TemperatureController
    bender: BendingTester
    reference_cell: ReferenceCell
    name: str = "photovoltaic"

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver, in the order in which they are made safe: energy first."""
        return {
            "source_meter": self.source_meter,
            "lamp": self.lamp,
            "bender": self.bender,
            "chuck": self.chuck,
            "reference_meter": self.reference_meter,
        }

    async def safe(self) -> None:
        """Output off, shutter closed, bender still, heater off, each read back."""
        await safe_all(self.roles())

    async def hold(self) -> None:
        """Output off, shutter closed, bender still; lamp and chuck stay warm as they are.

        The device waits in the dark at open circuit, at the temperature at which it goes on.
        """
        hold: dict[str, Doing] = {
            "source_meter": self.source_meter.safe,
            "lamp": lambda: self.lamp.shutter(False),
            "bender": self.bender.safe,
        }
        await try_all(hold, "held")

    async def consumed(self) -> Mapping[str, Quantity]:
        """Hours that the lamp has burnt, and bends since the bender was last started."""
        hours, bends = await self.lamp.lamp_hours(), await self.bender.cycles_done()
        return {
            "lamp_hours": Quantity(hours.value, hours.unit),
            "bending_cycles": Quantity(bends.value, bends.unit),
        }

    async def fingerprint(self, sample: Sample) -> Mapping[str, Quantity]:
        """Forward voltage in V at 25 degC, dark conductance in S, temperature in degC."""
        return await dark_fingerprint(self.source_meter, self.lamp, self.chuck, sample)

    def fingerprint_bands(self) -> Mapping[str, Bands]:
        """How far voltage and conductance of one device may lie apart."""
        return BANDS

    def watchable(self) -> Mapping[str, Probe]:
        """Temperature in degC, power in %, irradiance in W/m2, radius in m; readable when off.

        The meters are not among them: to read one is to set its range, which is the procedure's.
        """
        return {
            "chuck.temperature": Value("degC", self.chuck.temperature),
            "chuck.output_power": Value("%", self.chuck.output_power),
            "lamp.monitor": Value("W/m**2", self.lamp.monitor),
            "lamp.is_warm": question(self.lamp.is_warm),
            "bender.radius": Value("m", self.bender.radius),
            "bender.is_running": question(self.bender.is_running),
        }
