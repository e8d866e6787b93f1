"""The hybrid rig: a storage station of two battery banks on a grid of its own, metered in full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from drivers.driver import Driver
from drivers.roles.battery_management_system import BatteryManagementSystem
from drivers.roles.cycle_program import CycleProgram
from drivers.roles.grid_simulator import GridSimulator
from drivers.roles.oscilloscope import Oscilloscope
from drivers.roles.power_analyzer import PowerAnalyzer
from drivers.roles.site_controller import SiteController
from drivers.roles.temperature_logger import TemperatureLogger
from labctl.evidence import Reading
from rigs.current_transformer import CurrentTransformer
from rigs.probes import Probe, Value, question
from rigs.safety import Doing, safe_all, try_all
from rigs.site_probes import battery_state, site_state

AIR = (101, 102)
"""Channels of the logger: air at the inlets of the two banks."""

WARNING = "_WARNING"
"""End of an event's name that is no alarm."""


class Station(SiteController, CycleProgram, Protocol):
    """The controller of a storage station: power commands, and cycles that it runs by itself."""


@dataclass(frozen=True)
class HybridRig:
    """All roles of the bench.

    `site` splits the station's power between `energy_store` (solid-state lithium bank) and
    `power_store` (sodium-ion bank), each watched by a system of its own. `analyzer_1` to
    `analyzer_3` read one phase each at the AC terminals through `current_transformer`, positive
    into the station; `dc_meter_1` and `dc_meter_2` the direct current of energy and power store
    through `dc_transducer`, positive in charge. Oscilloscope: channel 1 voltage and 2 current of
    phase 1 at the terminals, 4 the controller's command marker.
    """

    site: Station
    energy_store: BatteryManagementSystem
    power_store: BatteryManagementSystem
    grid: GridSimulator
    analyzer_1: PowerAnalyzer
    analyzer_2: PowerAnalyzer
    analyzer_3: PowerAnalyzer
    dc_meter_1: PowerAnalyzer
    dc_meter_2: PowerAnalyzer
    scope: Oscilloscope
    logger: TemperatureLogger
    current_transformer: CurrentTransformer
    dc_transducer: CurrentTransformer
    name: str = "hybrid"

    @property
    def analyzers(self) -> tuple[PowerAnalyzer, PowerAnalyzer, PowerAnalyzer]:
        """The wattmeters at the AC terminals by phase."""
        return self.analyzer_1, self.analyzer_2, self.analyzer_3

    @property
    def banks(self) -> tuple[BatteryManagementSystem, BatteryManagementSystem]:
        """The systems of energy store and power store."""
        return self.energy_store, self.power_store

    @property
    def dc_meters(self) -> tuple[PowerAnalyzer, PowerAnalyzer]:
        """The meters of the banks' direct currents, in the order of `banks`."""
        return self.dc_meter_1, self.dc_meter_2

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver, in the order in which they are made safe: energy first.

        The grid goes last of what drives: a station that still feeds in must find one.
        """
        return {
            "site": self.site,
            "energy_store": self.energy_store,
            "power_store": self.power_store,
            "grid": self.grid,
            "analyzer_1": self.analyzer_1,
            "analyzer_2": self.analyzer_2,
            "analyzer_3": self.analyzer_3,
            "dc_meter_1": self.dc_meter_1,
            "dc_meter_2": self.dc_meter_2,
            "scope": self.scope,
            "logger": self.logger,
        }

    async def safe(self) -> None:
        """Station at 0 W and stopped, contactors open, grid off, each read back."""
        await safe_all(self.roles())

    async def hold(self) -> None:
        """Station stopped, which holds a program of cycles in its phase; the grid stays.

        Banks stay connected, so that their systems go on estimating and may be acknowledged.
        """
        hold: dict[str, Doing] = {"site": lambda: self.site.run(False)}
        await try_all(hold, "held")

    def watchable(self) -> Mapping[str, Probe]:
        """State of the station, alarms, states, temperatures in degC and cell voltages in V of the
        banks; readable with everything off. The wattmeters are not among them, whose reading waits
        for a whole interval, nor is the logger, whose sensors have to be set first."""
        found: dict[str, Probe] = {"site.state": site_state(self.site)}
        for name, bank in zip(("energy_store", "power_store"), self.banks, strict=True):
            found |= _of_bank(name, bank)
        return found


def _of_bank(name: str, bank: BatteryManagementSystem) -> dict[str, Probe]:
    """What of one bank can be watched."""

    async def alarm() -> bool:
        return bool(alarms_among(await bank.alarms()))

    async def hottest() -> Reading:
        return (await bank.pack()).temperature_high

    async def highest() -> Reading:
        return (await bank.pack()).cell_high

    return {
        f"{name}.state": battery_state(bank),
        f"{name}.alarm": question(alarm),
        f"{name}.temperature_high": Value("degC", hottest),
        f"{name}.cell_high": Value("V", highest),
    }


def alarms_among(events: tuple[str, ...]) -> tuple[str, ...]:
    """The events that are more than warnings."""
    return tuple(event for event in events if not event.endswith(WARNING))
