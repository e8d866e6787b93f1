"""What becomes of the gas of abused cells: venting, ignition, fire, bursting, and the room's air.

A closed cell holds its gas beside the vapour of its solvent; its vent opens at a pressure. The jet
burns when it is hot, strong and finds oxygen; it goes out when little comes. A cell bursts where it
makes gas faster than its vent lets out (choked flow, e.g. Bird, Stewart and Lightfoot, Transport
Phenomena, 2nd ed., section 15.5); unburnt gas that has gathered beyond the lower explosion limit
explodes when it is lit. The room is an ideal stirred tank with an extraction.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import exp, sqrt

from sim_backends.data import abuse as data
from sim_backends.models.thermal_runaway import GAS

CHOKED = 0.65
"""Discharge coefficient of a vent with the factor of choked flow."""

AIR = 101325.0 / (GAS * 298.0)
"""Moles in a m3 of air."""

HAZE = 0.5
"""Part of burnt gas that is as smoky as gas unburnt: soot."""

FAINT = 1e-9
"""Moles that count as none."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is to be seen at a time: a flame, a burst case; moles of smoke, carbon dioxide in
    mol/mol and oxygen in mol/mol of the room's air."""

    burning: bool
    burst: bool
    smoke: float
    carbon_dioxide: float
    oxygen: float


@dataclass(slots=True)
class Gas:
    """The gas of some cells and of the room. `vents` in m2 of each cell; `extraction` in m3/s."""

    vents: tuple[float, ...]
    extraction: float = data.EXTRACTION
    held: list[float] = field(default_factory=list[float])
    opened: list[bool] = field(default_factory=list[bool])
    burning: bool = False
    burst: bool = False
    smoke: float = 0.0
    unburnt: float = 0.0
    made: float = 0.0
    used: float = 0.0

    def __post_init__(self) -> None:
        if not self.held:
            self.held = [0.0] * len(self.vents)
            self.opened = [False] * len(self.vents)

    def copy(self) -> Gas:
        """The same, to go on apart."""
        return replace(self, held=list(self.held), opened=list(self.opened))

    @property
    def row(self) -> Row:
        """What is to be seen now."""
        moles = data.ROOM * AIR
        return Row(
            self.burning,
            self.burst,
            self.smoke,
            data.AIR_CO2 + self.made / moles,
            data.AIR_OXYGEN - self.used / moles,
        )

    @property
    def is_still(self) -> bool:
        """Whether nothing is in the room or on its way into it."""
        return not self.burning and sum(self.held) + self.smoke + self.made < FAINT

    def step(self, dt: float, fresh: list[float], kelvin: list[float]) -> None:
        """`fresh` moles of each cell at `kelvin` have come in the `dt` s that end now."""
        flow, hottest = 0.0, 0.0
        for index, more in enumerate(fresh):
            self.held[index] += more
            if more / dt > self._bearable(index, kelvin[index]):
                self.burst = True
            if not self.opened[index]:
                self.opened[index] = pressure(self.held[index], kelvin[index]) > data.VENT_PRESSURE
            if self.opened[index]:
                out = self.held[index] * (1.0 - exp(-dt / data.BOIL_OFF))
                self.held[index] -= out
                flow += out / dt
                hottest = max(hottest, kelvin[index])
        self._burn(flow, hottest)
        self._mix(flow * dt, dt)

    def _bearable(self, index: int, kelvin: float) -> float:
        """mol/s that the vent lets out at the pressure at which the case bursts."""
        specific = GAS / data.MOLAR_MASS
        speed = sqrt(specific * kelvin)
        return CHOKED * self.vents[index] * data.BURST_PRESSURE / speed / data.MOLAR_MASS

    def _burn(self, flow: float, kelvin: float) -> None:
        if self.burning:
            self.burning = flow > data.GOES_OUT and self.row.oxygen > data.OXYGEN_LIMIT
        elif flow > data.IGNITES and kelvin > data.AUTOIGNITION:
            self.burning = self.row.oxygen > data.OXYGEN_LIMIT
            if self.burning and self.unburnt / (data.ROOM * AIR) > data.LOWER_LIMIT:
                self.burst = True

    def _mix(self, moles: float, dt: float) -> None:
        left = exp(-dt * self.extraction / data.ROOM)
        share, haze = (data.BURNT, HAZE) if self.burning else (data.CARBON_DIOXIDE, 1.0)
        self.smoke = self.smoke * left + haze * moles
        self.made = self.made * left + share * moles
        self.unburnt = self.unburnt * left + (0.0 if self.burning else moles)
        self.used = self.used * left + (moles if self.burning else 0.0)


def pressure(moles: float, kelvin: float) -> float:
    """Pressure in Pa of a closed cell: gas in its free volume, and the vapour of its solvent by
    Clausius and Clapeyron."""
    vapour = 101325.0 * exp(data.VAPORISATION / GAS * (1.0 / data.BOILING - 1.0 / kelvin))
    return moles * GAS * kelvin / data.HEAD + vapour
