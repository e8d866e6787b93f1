"""The power rig: a grid of its own, a cluster of UPS units with a storage inverter, its controller.

One phase, 230 V. The analyser and the oscilloscope see the point of common coupling: the analyser
the secondary of `current_transformer`, channel 1 of the oscilloscope the voltage, 2 the current by
a clamp of 10 mV/A, both positive from the grid into the site; 3 the event output of the grid
simulator, 4 the marker output of the site controller (`rigs.scope_channels`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.battery_management_system import BatteryManagementSystem
from drivers.roles.grid_simulator import GridSimulator
from drivers.roles.oscilloscope import Oscilloscope
from drivers.roles.power_analyzer import PowerAnalyzer
from drivers.roles.power_dispatch import PowerDispatch
from drivers.roles.site_controller import SiteController
from drivers.roles.ups import UninterruptiblePowerSupply
from labctl.evidence import Reading
from rigs.current_transformer import CurrentTransformer
from rigs.probes import Probe, State, Value
from rigs.safety import Doing, safe_all, try_all
from rigs.site_probes import battery_state, site_state

AT_REST = ("stopped", "fallback")
GRID_STATES = ("off", "there", "lost")
UPS_STATES = ("online", "on_battery", "bypass", "off", "fault")


@dataclass(frozen=True)
class PowerRig:
    """All roles of the bench. `site` steers the units, `dispatch` gives it power commands on
    another way; `storage` and `ups_1` to `ups_5` are the units themselves."""

    grid: GridSimulator
    analyzer: PowerAnalyzer
    scope: Oscilloscope
    site: SiteController
    dispatch: PowerDispatch
    storage: BatteryManagementSystem
    ups_1: UninterruptiblePowerSupply
    ups_2: UninterruptiblePowerSupply
    ups_3: UninterruptiblePowerSupply
    ups_4: UninterruptiblePowerSupply
    ups_5: UninterruptiblePowerSupply
    current_transformer: CurrentTransformer
    name: str = "power"

    @property
    def ups(self) -> tuple[UninterruptiblePowerSupply, ...]:
        """The UPS units in their order."""
        return (self.ups_1, self.ups_2, self.ups_3, self.ups_4, self.ups_5)

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver, in the order in which they are made safe: nothing must feed into
        a grid that goes off, so the units stop before it."""
        return {
            "site": self.site,
            "dispatch": self.dispatch,
            "storage": self.storage,
            "grid": self.grid,
            **self._ups_roles(),
            "analyzer": self.analyzer,
            "scope": self.scope,
        }

    async def safe(self) -> None:
        """Units stopped, store's contactor open, grid off, each read back.

        The UPS units carry their loads on their batteries, or on what feeds them then.
        """
        await safe_all(self.roles())

    async def hold(self) -> None:
        """Units stopped at 0 W; the grid stays as it is, so that no load lives on a battery."""
        hold: dict[str, Doing] = {"site": self.site.safe}
        await try_all(hold, "held")

    async def grid_state(self) -> str:
        """ "lost" where the site works and a UPS feeds its load from its battery, "there" where it
        works and none does, "off" where it does not work: before a run, and when it was made safe,
        the units stand without a grid and nothing is amiss."""
        if (await self.site.state()).state in AT_REST:
            return "off"
        states = [await unit.state() for unit in self.ups]
        return "lost" if "on_battery" in states else "there"

    def watchable(self) -> Mapping[str, Probe]:
        """States of grid, site, store and UPS units, charge in %, voltage in V; asked, never set.

        The analyser and the oscilloscope are not among them: a reading waits for what the procedure
        has set.
        """

        async def voltage() -> Reading:
            return (await self.site.measure()).voltage

        units = {
            f"{name}.state": State(UPS_STATES, unit.state)
            for name, unit in zip(self._ups_roles(), self.ups, strict=True)
        }
        return {
            "site.grid": State(GRID_STATES, self.grid_state),
            "site.state": site_state(self.site),
            "site.voltage": Value("V", voltage),
            "storage.state": battery_state(self.storage),
            "storage.state_of_charge": Value("%", self.storage.state_of_charge),
            **units,
        }

    def _ups_roles(self) -> dict[str, UninterruptiblePowerSupply]:
        return {f"ups_{number}": unit for number, unit in enumerate(self.ups, 1)}
