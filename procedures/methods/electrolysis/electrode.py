"""What the sample's sheet and the bench say about a membrane electrode, as draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labctl.quantity import Quantity
from labctl.run import Run
from labctl.sample import Sample
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo

AREA = "active_area"
TAP = "tap_resistance"
OHMIC = "resistance_temperature_coefficient"
VOLTAGE = "voltage_temperature_coefficient"
"""Properties of the sheet: cm**2, ohm, 1/K, V/K."""

OFFSET, DRIFT = "temperature_offset", "temperature_drift"
SHARE, REPEATABILITY = "supply_share", "voltage_repeatability"
CONTACT = "contact"
"""Contributions of the bench: K, K/h, relative, V, ohm*cm**2."""


@dataclass(frozen=True)
class Electrode:
    """A membrane electrode in its cell: `sample` with its sheet, the bench's `contributions`."""

    sample: Sample
    contributions: Mapping[str, Quantity]

    @property
    def area(self) -> float:
        """Stated active area in cm2."""
        return self._quantity(AREA, "cm**2").value

    def areas(self, mc: MonteCarlo) -> Draws:
        """Draws of the active area in cm2."""
        return self.stated(mc, AREA, "cm**2")

    def stated(self, mc: MonteCarlo, name: str, unit: str) -> Draws:
        """Draws of a property of the sheet in `unit`, shape (draws + 1, 1); `BenchError` where it
        is not stated."""
        return mc.quantity(f"sample/{name}", self._quantity(name, unit))

    def added(self, mc: MonteCarlo, name: str, unit: str) -> Draws | float:
        """Draws round 0 of the bench's contribution `name` in `unit`; 0 where none is stated."""
        known = self.contributions.get(name)
        return 0.0 if known is None else known.to(unit).u * mc.normal(f"bench/{name}")

    def unstated(self, properties: tuple[str, ...], bench: tuple[str, ...]) -> tuple[Unstated, ...]:
        """Those of `properties` of the sheet and of the `bench`'s contributions that are not
        stated."""
        return (
            *(Unstated(name) for name in bench if name not in self.contributions),
            *(Unstated(name, "sample") for name in properties if not self._knows(name)),
        )

    def _knows(self, name: str) -> bool:
        return name in self.sample.properties

    def _quantity(self, name: str, unit: str) -> Quantity:
        return self.sample.quantity(name, unit)


def electrode_on(run: Run) -> Electrode:
    """The run's sample."""
    return Electrode(run.sample, run.contributions)
