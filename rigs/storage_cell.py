"""The storage cell rig: a cycler for large currents, chamber, temperature logger, balance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.balance import Balance
from drivers.roles.battery_cycler import BatteryCycler
from drivers.roles.temperature_logger import TemperatureLogger
from drivers.roles.thermal_chamber import ThermalChamber
from labctl.quantity import Quantity
from labctl.sample import Sample
from labctl.samples.fingerprint import Band, Bands
from rigs.cell_channel import VOLTAGE, channel_probes, open_circuit
from rigs.probes import Probe, Value
from rigs.safety import Doing, safe_all, try_all

CHANNEL = 1
"""Channel of the cycler that the cell is wired to: the first of a group in parallel."""

AIR, CASE = 101, 102
"""Channels of the logger with the Pt100 in the air beside the cell and that on its case."""

BANDS: Mapping[str, Bands] = {
    VOLTAGE: Bands(still=Band(-0.15, 0.15, "V"), aged=Band(-2.6, 2.6, "V")),
}
"""A cell that rests creeps by less than 0.1 V in the hours after a charge; a test leaves it
anywhere between its cut-offs. So an open or a reversed contact is told, no stranger of the kind."""


@dataclass(frozen=True)
class StorageCellRig:
    """All roles of the bench. The cell stands in the chamber on channel 1 of the cycler with its
    sense leads at the tabs; `logger` reads the air beside it and its case."""

    cycler: BatteryCycler
    chamber: ThermalChamber
    balance: Balance
    logger: TemperatureLogger
    name: str = "storage_cell"

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver, in the order in which they are made safe: energy first."""
        return {
            "cycler": self.cycler,
            "chamber": self.chamber,
            "logger": self.logger,
            "balance": self.balance,
        }

    async def safe(self) -> None:
        """Channels open, chamber off, each read back."""
        await safe_all(self.roles())

    async def hold(self) -> None:
        """Channels open; the chamber keeps its temperature.

        The cell waits at open circuit at the temperature at which it goes on.
        """
        hold: dict[str, Doing] = {"cycler": self.cycler.safe}
        await try_all(hold, "held")

    async def fingerprint(self, sample: Sample) -> Mapping[str, Quantity]:
        """Open-circuit voltage in V at the cycler's channel."""
        return await open_circuit(self.cycler, CHANNEL)

    def fingerprint_bands(self) -> Mapping[str, Bands]:
        """How far the open-circuit voltages of one cell may lie apart."""
        return BANDS

    def watchable(self) -> Mapping[str, Probe]:
        """Voltage in V and state of the cell's channel, temperature of the chamber in degC;
        readable when off. The logger's channels are not among them: it reads after it was told of
        them."""
        return {
            **channel_probes(self.cycler, CHANNEL),
            "chamber.temperature": Value("degC", self.chamber.temperature),
        }
