"""What the sample's sheet and the bench say about a storage cell, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labctl.quantity import Quantity
from labctl.run import Run
from labctl.sample import Sample
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from procedures.methods import contributions
from procedures.methods.trace import Trace

TEMPERATURE = 25.0
"""degC of a test; our choice where an indicator states none."""

PROBE, PLACE = "air_probe", "cell_place"
"""Contributions of the bench in K: of the probe beside the cell, and of the air round the cell
against that at the probe."""

RATE = 1.0 / 3.0
"""Multiples of the rated capacity per hour at which a capacity is told: our choice where no rate is
stated, that of IEC 62660-1 for cells that store energy."""

REST = 600.0
"""Seconds after each charge and discharge."""


@dataclass(frozen=True)
class Cell:
    """A cell on the bench: its sheet, the bench's contributions."""

    sample: Sample
    contributions: Mapping[str, Quantity]

    @property
    def upper(self) -> float:
        """Cut-off of the charge in V."""
        return self.sample.quantity("charge_cut_off", "V").value

    @property
    def lower(self) -> float:
        """Cut-off of the discharge in V."""
        return self.sample.quantity("discharge_cut_off", "V").value

    def current(self, rate: float) -> float:
        """Current in A of `rate`, a multiple of the rated capacity per hour."""
        return rate * self.sample.quantity("rated_capacity", "A*h").value

    def stated(self, mc: MonteCarlo, name: str, unit: str) -> Draws:
        """Draws of a property of the sheet in `unit`, shape (draws + 1, 1); 0 where it is not
        stated, which the evidence says then."""
        if name not in self.sample.properties:
            return 0.0 * mc.normal(f"sample/{name}")
        return mc.quantity(f"sample/{name}", self.sample.quantity(name, unit))

    def air(self, mc: MonteCarlo, seen: Trace) -> Draws:
        """Draws of the mean temperature in degC of the air round the cell, (draws + 1, 1), from
        readings of the probe."""
        own = self.unknown(mc, PROBE, "K") + self.unknown(mc, PLACE, "K")
        return mc.mean(seen.readings()) + own

    def unknown(self, mc: MonteCarlo, name: str, unit: str) -> Draws:
        """Draws around 0 of a contribution of the bench in `unit`, (draws + 1, 1)."""
        return contributions.unknown(mc, self.contributions, name, unit)

    def unstated(
        self, *properties: str, bench: tuple[str, ...] = (PROBE, PLACE)
    ) -> tuple[Unstated, ...]:
        """What neither bench file nor sheet states; a figure needs `properties` of the sheet."""
        return contributions.unstated(self.sample, self.contributions, properties, bench)


def cell_on(run: Run) -> Cell:
    """The run's sample."""
    return Cell(run.sample, run.contributions)
