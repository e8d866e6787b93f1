"""What the sample's sheet and the bench say about a cell, and the rates that follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from labctl.quantity import Quantity
from labctl.run import Run
from labctl.sample import Sample
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from rigs.battery import BatteryRig, Shunt

TEMPERATURE = 25.0
"""degC of a test; our choice where an indicator states none."""

PLACE, THERMAL = "cell_temperature", "thermal_voltage"
"""Contributions of the bench: air at the cell against the chamber's display in K, and change of the
shunt's zero in V."""

WARMING = "capacity_temperature_coefficient"
"""Property of the sheet: relative change of the capacity per kelvin, in 1/K."""


@dataclass(frozen=True)
class Cell:
    """A cell on the bench: its sheet, the shunt in its line, the bench's contributions."""

    sample: Sample
    shunt: Shunt
    contributions: Mapping[str, Quantity]

    @property
    def upper(self) -> float:
        """Cut-off of the charge in V."""
        return self.sample.quantity("charge_cut_off", "V").value

    @property
    def lower(self) -> float:
        """Cut-off of the discharge in V."""
        return self.sample.quantity("discharge_cut_off", "V").value

    def current(self, hours: float) -> float:
        """Current in A with which the rated capacity takes `hours`."""
        return self.sample.quantity("rated_capacity", "A*h").value / hours

    def stated(self, mc: MonteCarlo, name: str, unit: str) -> Draws:
        """Draws of a property of the sheet in `unit`, shape (draws + 1, 1)."""
        return mc.quantity(f"sample/{name}", self.sample.quantity(name, unit))

    def resistance(self, mc: MonteCarlo) -> Draws:
        """Draws of the shunt in ohm, shape (draws + 1, 1)."""
        return mc.quantity("shunt/resistance", self.shunt.resistance)

    def zero_change(self, mc: MonteCarlo, name: str) -> Draws:
        """Draws around 0 of the change of the shunt's zero in V since it was read for `name`."""
        return self._unknown(mc, THERMAL, "V", f"/{name}")

    def kelvin(self, mc: MonteCarlo, celsius: float) -> Draws:
        """Draws of the cell's deviation from 25 degC in K, the chamber's display at `celsius`."""
        return celsius - TEMPERATURE + self._unknown(mc, PLACE, "K")

    def warming(self, mc: MonteCarlo, celsius: float) -> Draws:
        """Draws of capacity over that at 25 degC, the chamber's display at `celsius` in degC."""
        if WARMING not in self.sample.properties:
            return 1.0 + 0.0 * self.kelvin(mc, celsius)
        return 1.0 + self.stated(mc, WARMING, "1/K") * self.kelvin(mc, celsius)

    def unstated(self, *properties: str) -> tuple[Unstated, ...]:
        """What neither bench file nor sheet states; a figure needs `properties` of the sheet."""
        lacking: Iterable[str] = (n for n in (PLACE, THERMAL) if n not in self.contributions)
        sheet = (name for name in properties if name not in self.sample.properties)
        return (*map(Unstated, lacking), *(Unstated(name, "sample") for name in sheet))

    def _unknown(self, mc: MonteCarlo, name: str, unit: str, which: str = "") -> Draws:
        known = self.contributions.get(name)
        size = 0.0 if known is None else known.to(unit).u
        return size * mc.normal(f"bench/{name}{which}")


def cell_on(run: Run, rig: BatteryRig) -> Cell:
    """The run's sample on `rig`."""
    return Cell(run.sample, rig.shunt, run.contributions)
