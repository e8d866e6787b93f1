"""The battery rig: cycler, shunt with its voltmeter, chamber, balance, bender."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.balance import Balance
from drivers.roles.battery_cycler import BatteryCycler
from drivers.roles.bending_tester import BendingTester
from drivers.roles.thermal_chamber import ThermalChamber
from drivers.roles.voltmeter import Voltmeter
from labctl.quantity import Quantity
from labctl.sample import Sample
from labctl.samples.fingerprint import Band, Bands
from rigs.cell_channel import VOLTAGE, channel_probes, open_circuit
from rigs.probes import Probe, Value, question
from rigs.safety import Doing, safe_all, try_all

CHANNEL = 1
"""Channel of the cycler that the cell is wired to, by way of the shunt."""

BANDS: Mapping[str, Bands] = {
    VOLTAGE: Bands(still=Band(-0.15, 0.15, "V"), aged=Band(-1.2, 1.2, "V")),
}
"""A cell that rests creeps by up to 0.1 V in the hours after a charge; a test leaves it anywhere
between its cut-offs. So another chemistry is told, an open or a reversed contact, no stranger of
the same kind."""


@dataclass(frozen=True)
class Shunt:
    """A calibrated four-terminal shunt in the cell's line: its `serial`, `resistance` in ohm with
    its standard uncertainty, and the `certificate` that says so."""

    serial: str
    resistance: Quantity
    certificate: str


@dataclass(frozen=True)
class BatteryRig:
    """All roles of the bench. `shunt_meter` reads the voltage across `shunt`; the cell hangs on
    channel 1 of the cycler, in the chamber, and stays wired to it in the bender's clamp."""

    cycler: BatteryCycler
    shunt_meter: Voltmeter
    chamber: ThermalChamber
    balance: Balance
    bender: BendingTester
    shunt: Shunt
    name: str = "battery"

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver, in the order in which they are made safe: energy first."""
        return {
            "cycler": self.cycler,
            "bender": self.bender,
            "chamber": self.chamber,
            "shunt_meter": self.shunt_meter,
            "balance": self.balance,
        }

    async def safe(self) -> None:
        """Channels open, bender still, chamber off, each read back."""
        await safe_all(self.roles())

    async def hold(self) -> None:
        """Channels open, bender still; the chamber keeps its temperature.

        The cell waits at open circuit at the temperature at which it goes on.
        """
        hold: dict[str, Doing] = {"cycler": self.cycler.safe, "bender": self.bender.safe}
        await try_all(hold, "held")

    async def consumed(self) -> Mapping[str, Quantity]:
        """Bends since the bender was last started."""
        bends = await self.bender.cycles_done()
        return {"bending_cycles": Quantity(bends.value, bends.unit)}

    async def fingerprint(self, sample: Sample) -> Mapping[str, Quantity]:
        """Open-circuit voltage in V at the cycler's channel."""
        return await open_circuit(self.cycler, CHANNEL)

    def fingerprint_bands(self) -> Mapping[str, Bands]:
        """How far the open-circuit voltages of one cell may lie apart."""
        return BANDS

    def watchable(self) -> Mapping[str, Probe]:
        """Voltage in V and state of the cell's channel, temperature in degC, radius in m;
        readable when off. The voltmeter is not among them: to read it is to set its range."""
        return {
            **channel_probes(self.cycler, CHANNEL),
            "chamber.temperature": Value("degC", self.chamber.temperature),
            "bender.radius": Value("m", self.bender.radius),
            "bender.is_running": question(self.bender.is_running),
        }
