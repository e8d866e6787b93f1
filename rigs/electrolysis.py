"""The electrolysis rig: a high-current supply, a meter at the cell's sense taps, an impedance
meter, and the cell's temperature controller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.dc_power_supply import DcPowerSupply
from drivers.roles.impedance_analyzer import ImpedanceAnalyzer
from drivers.roles.temperature_controller import TemperatureController
from drivers.roles.voltmeter import Voltmeter
from labctl.evidence import Reading
from rigs.probes import Probe, State, Value
from rigs.safety import Doing, safe_all, try_all

TRIPS = ("none", "over_voltage", "over_current", "over_temperature")


@dataclass(frozen=True)
class ElectrolysisRig:
    """All roles of the bench. `supply` drives the cell through its bars; `cell_meter` and
    `impedance_meter` hang on sense taps at the plates, beside the membrane electrode.

    It makes hydrogen and oxygen: a bench of real instruments names its hardware interlock.
    """

    supply: DcPowerSupply
    cell_meter: Voltmeter
    impedance_meter: ImpedanceAnalyzer
    heater: TemperatureController
    name: str = "electrolysis"
    hazardous: bool = True

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver, in the order in which they are made safe: energy first."""
        return {
            "supply": self.supply,
            "impedance_meter": self.impedance_meter,
            "heater": self.heater,
            "cell_meter": self.cell_meter,
        }

    async def safe(self) -> None:
        """Supply off, no test current, heater off, each read back."""
        await safe_all(self.roles())

    async def hold(self) -> None:
        """Supply off; the cell stays warm and wet at open circuit."""
        hold: dict[str, Doing] = {"supply": self.supply.safe}
        await try_all(hold, "held")

    def watchable(self) -> Mapping[str, Probe]:
        """Temperature in degC, heater power in %, the supply's voltage in V and its trip; readable
        when off.

        The meters are not among them: to read one is to set its range, which is the procedure's.
        """
        return {
            "heater.temperature": Value("degC", self.heater.temperature),
            "heater.output_power": Value("%", self.heater.output_power),
            "supply.voltage": Value("V", self._voltage),
            "supply.trip": State(TRIPS, self.supply.trip),
        }

    async def _voltage(self) -> Reading:
        return (await self.supply.measure()).voltage
