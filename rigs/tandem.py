"""The tandem rig: a two-source lamp with a reference cell for each subcell, and a climate chamber.

A sample lies on the chuck under the lamp, or in the chamber beside a temperature probe; people
carry it. A quantum efficiency system hands over files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.climate_chamber import ClimateChamber
from drivers.roles.imported import SpectrumFiles
from drivers.roles.source_meter import SourceMeter
from drivers.roles.spectral_solar_simulator import SpectralSolarSimulator
from drivers.roles.temperature_controller import TemperatureController
from drivers.roles.temperature_logger import TemperatureLogger
from drivers.roles.voltmeter import Voltmeter
from labctl.quantity import Quantity
from rigs.photovoltaic import ReferenceCell
from rigs.probes import Probe, Value, question
from rigs.safety import Doing, safe_all, try_all

PROBE = 101
"""Channel of the logger with the Pt100 beside the sample's place in the chamber."""


@dataclass(frozen=True)
class Subcell:
    """The rig as one subcell's reference cell sees it; fits `rigs.sunlit.SweptRig`."""

    source_meter: SourceMeter
    lamp: SpectralSolarSimulator
    chuck: TemperatureController
    reference_meter: Voltmeter
    reference_cell: ReferenceCell


@dataclass(frozen=True)
class TandemRig:
    """All roles of the bench. `reference_cell` is filtered like a top cell and read through
    `top_meter`, `bottom_cell` like a bottom cell and read through `bottom_meter`. `efficiency`
    hands over external quantum efficiencies as spectra."""

    source_meter: SourceMeter
    top_meter: Voltmeter
    bottom_meter: Voltmeter
    lamp: SpectralSolarSimulator
    chuck: TemperatureController
    chamber: ClimateChamber
    logger: TemperatureLogger
    efficiency: SpectrumFiles
    reference_cell: ReferenceCell
    bottom_cell: ReferenceCell
    name: str = "tandem"

    @property
    def top(self) -> Subcell:
        """Light judged for the top subcell."""
        return self._subcell(self.top_meter, self.reference_cell)

    @property
    def bottom(self) -> Subcell:
        """Light judged for the bottom subcell."""
        return self._subcell(self.bottom_meter, self.bottom_cell)

    def _subcell(self, meter: Voltmeter, cell: ReferenceCell) -> Subcell:
        return Subcell(self.source_meter, self.lamp, self.chuck, meter, cell)

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver, in the order in which they are made safe: energy first."""
        return {
            "source_meter": self.source_meter,
            "lamp": self.lamp,
            "chuck": self.chuck,
            "chamber": self.chamber,
            "top_meter": self.top_meter,
            "bottom_meter": self.bottom_meter,
            "logger": self.logger,
            "efficiency": self.efficiency,
        }

    async def safe(self) -> None:
        """Output off, shutter closed and lamp off, chuck and chamber left to themselves."""
        await safe_all(self.roles())

    async def hold(self) -> None:
        """Output off, shutter closed; lamp, chuck and chamber stay as they are.

        The sample waits in the dark at open circuit, in the climate in which it goes on.
        """
        hold: dict[str, Doing] = {
            "source_meter": self.source_meter.safe,
            "lamp": lambda: self.lamp.shutter(False),
        }
        await try_all(hold, "held")

    async def consumed(self) -> Mapping[str, Quantity]:
        """Hours that the lamp has burnt."""
        hours = await self.lamp.lamp_hours()
        return {"lamp_hours": Quantity(hours.value, hours.unit)}

    def watchable(self) -> Mapping[str, Probe]:
        """Temperatures in degC, power and humidity in %, irradiance in W/m2; readable when off."""
        return {
            "chuck.temperature": Value("degC", self.chuck.temperature),
            "chuck.output_power": Value("%", self.chuck.output_power),
            "chamber.temperature": Value("degC", self.chamber.temperature),
            "chamber.humidity": Value("%", self.chamber.humidity),
            "lamp.monitor": Value("W/m**2", self.lamp.monitor),
            "lamp.is_warm": question(self.lamp.is_warm),
        }
