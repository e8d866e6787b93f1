"""A pack of aqueous zinc-ion cells in series: charge, resistance, relaxation, voltage hysteresis.

First-order Thevenin circuit with a one-state hysteresis of the open-circuit voltage (Plett, J.
Power Sources 134 (2004) 252 and 262; Battery Management Systems I, 2015, sections 2.4 and 2.7), on
the open-circuit curve of one cell. Of the charge that goes in the share `efficiency` is stored.
While the current is constant every state has an exact solution. Currents count positive in charge.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from math import copysign, exp


@dataclass(frozen=True, slots=True)
class PackParameters:
    """`cells` in series; `capacity` Ah; `resistance` and `polarisation` ohm of the pack, the latter
    with its time constant `relaxation` s; `hysteresis` V above (charge) and below (discharge) the
    mean curve, reached with the `turning` share of the capacity; coulombic `efficiency` 0..1;
    `curve` of one cell's mean open-circuit voltage in V over the state of charge 0..1."""

    cells: int
    capacity: float
    resistance: float
    polarisation: float
    relaxation: float
    hysteresis: float
    turning: float
    efficiency: float
    curve: tuple[tuple[float, float], ...]


def open_circuit(parameters: PackParameters, charge: float) -> float:
    """Mean open-circuit voltage of the pack in V at state of `charge`; straight beyond the ends."""
    curve = parameters.curve
    place = min(max(bisect_right(curve, (charge, 0.0)), 1), len(curve) - 1)
    (x0, y0), (x1, y1) = curve[place - 1], curve[place]
    return parameters.cells * (y0 + (y1 - y0) * (charge - x0) / (x1 - x0))


class StoragePack:
    """A pack at state of `charge` 0..1, rested after a discharge."""

    def __init__(self, parameters: PackParameters, charge: float) -> None:
        self.parameters = parameters
        self.charge = charge
        self.polarised = 0.0
        self.side = -1.0

    @property
    def source(self) -> float:
        """Voltage in V behind the resistance."""
        p = self.parameters
        return open_circuit(p, self.charge) + p.hysteresis * self.side + self.polarised

    def pass_current(self, current: float, dt: float) -> None:
        """`current` in A, positive in charge, flows for `dt` s."""
        p = self.parameters
        moved = current * dt / 3600.0 / p.capacity
        self.charge += moved * (p.efficiency if current > 0.0 else 1.0)
        settled = current * p.polarisation
        self.polarised = settled + (self.polarised - settled) * exp(-dt / p.relaxation)
        if current:
            towards = copysign(1.0, current)
            self.side = towards + (self.side - towards) * exp(-abs(moved) / p.turning)

    def copy(self) -> StoragePack:
        """The same pack, to go on apart."""
        other = StoragePack(self.parameters, self.charge)
        other.polarised, other.side = self.polarised, self.side
        return other
