"""The photo-charging rig: set light on a device, a source meter at its pack, a load at its output.

The source meter discharges the pack and reads its voltage with four wires; the electronic load
takes the place of the portable product at the converter's output, where a voltmeter and an
oscilloscope (channel 1) look on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.electronic_load import ElectronicLoad
from drivers.roles.oscilloscope import Oscilloscope
from drivers.roles.solar_simulator import SolarSimulator
from drivers.roles.source_meter import SourceMeter
from drivers.roles.temperature_controller import TemperatureController
from drivers.roles.voltmeter import Voltmeter
from labctl.quantity import Quantity
from rigs.photovoltaic import ReferenceCell
from rigs.probes import Probe, Value, question
from rigs.safety import Doing, safe_all, try_all


@dataclass(frozen=True)
class PhotochargingRig:
    """All roles of the bench. `reference_cell` is read through `reference_meter`."""

    source_meter: SourceMeter
    load: ElectronicLoad
    lamp: SolarSimulator
    chuck: TemperatureController
    reference_meter: Voltmeter
    output_meter: Voltmeter
    oscilloscope: Oscilloscope
    reference_cell: ReferenceCell
    name: str = "photocharging"

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver, in the order in which they are made safe: energy first."""
        return {
            "source_meter": self.source_meter,
            "load": self.load,
            "lamp": self.lamp,
            "chuck": self.chuck,
            "reference_meter": self.reference_meter,
            "output_meter": self.output_meter,
            "oscilloscope": self.oscilloscope,
        }

    async def safe(self) -> None:
        """Pack open, load off, shutter closed, heater off, each read back."""
        await safe_all(self.roles())

    async def hold(self) -> None:
        """Pack open, load off, shutter closed; lamp and chuck stay warm as they are."""
        hold: dict[str, Doing] = {
            "source_meter": self.source_meter.safe,
            "load": self.load.safe,
            "lamp": lambda: self.lamp.shutter(False),
        }
        await try_all(hold, "held")

    async def consumed(self) -> Mapping[str, Quantity]:
        """Hours that the lamp has burnt."""
        hours = await self.lamp.lamp_hours()
        return {"lamp_hours": Quantity(hours.value, hours.unit)}

    def watchable(self) -> Mapping[str, Probe]:
        """Temperature in degC, power in %, irradiance in W/m2; readable when off.

        The meters are not among them: to read one is to set its range, which is the procedure's.
        """
        return {
            "chuck.temperature": Value("degC", self.chuck.temperature),
            "chuck.output_power": Value("%", self.chuck.output_power),
            "lamp.monitor": Value("W/m**2", self.lamp.monitor),
            "lamp.is_warm": question(self.lamp.is_warm),
        }
