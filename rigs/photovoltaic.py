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
from rigs.safety import safe_all


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
