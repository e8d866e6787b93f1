"""The abuse rig: nail press, loggers, camera, gas analyzer, supply, management system, one door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.battery_management_system import BatteryManagementSystem
from drivers.roles.dc_power_supply import DcPowerSupply
from drivers.roles.gas_analyzer import GasAnalyzer
from drivers.roles.microscope_image import Microscope
from drivers.roles.nail_press import NailPress
from drivers.roles.temperature_logger import TemperatureLogger
from drivers.roles.voltmeter import Voltmeter
from labctl.evidence import Reading
from rigs.probes import Probe, State, Value, question
from rigs.safety import Doing, safe_all, try_all

CHANNELS = (101, 102, 103, 104)
"""Thermocouples K on the cells from the first on; on both sides of a single one."""

ROOM_CHANNEL = 105
"""The same in the air beside the bed."""

GAS = "CO2"
"""What stands for the gas of cells: it is in vented gas, and in what is left of it once burnt."""

TRIPS = ("none", "guard", "force")


@dataclass(frozen=True)
class AbuseRig:
    """All roles of the bench. `press` also reads the contact of the room's door, its guard; `gas`
    draws from the extraction; `supply` is put on the string or on a heating plate by people; `bms`
    is the sample's own protection.

    It makes fire and gas on purpose: a bench of real instruments names its hardware interlock.
    """

    press: NailPress
    supply: DcPowerSupply
    bms: BatteryManagementSystem
    voltage: Voltmeter
    logger: TemperatureLogger
    camera: Microscope
    gas: GasAnalyzer
    name: str = "abuse"
    hazardous: bool = True

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver, in the order in which they are made safe: energy first."""
        return {
            "supply": self.supply,
            "press": self.press,
            "bms": self.bms,
            "voltage": self.voltage,
            "logger": self.logger,
            "camera": self.camera,
            "gas": self.gas,
        }

    async def safe(self) -> None:
        """Supply off, nail still (it stays in the cell), contactor open, each read back."""
        await safe_all(self.roles())

    async def hold(self) -> None:
        """Supply off and nail still: a sample under abuse goes on by itself, whoever waits."""
        hold: dict[str, Doing] = {"supply": self.supply.safe, "press": self.press.safe}
        await try_all(hold, "held")

    def watchable(self) -> Mapping[str, Probe]:
        """The door and the press's trip, CO2 in the extraction in mol/mol, the sample's hottest
        place by its own protection in degC, the supply's voltage in V."""
        return {
            "press.guard_closed": question(self.press.guard_closed),
            "press.trip": State(TRIPS, self.press.trip),
            "gas.fraction": Value("mol/mol", self._fraction),
            "bms.temperature": Value("degC", self._hottest),
            "supply.voltage": Value("V", self._supplied),
        }

    async def _fraction(self) -> Reading:
        return (await self.gas.fractions())[GAS]

    async def _hottest(self) -> Reading:
        return (await self.bms.pack()).temperature_high

    async def _supplied(self) -> Reading:
        return (await self.supply.measure()).voltage
