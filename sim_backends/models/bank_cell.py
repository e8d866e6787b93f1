"""The cells of a storage bank: open-circuit curve, resistance, two relaxations, hysteresis.

Second-order Thevenin circuit with a one-state hysteresis (Plett, Battery Management Systems I,
2015, sections 2.4 to 2.7) on the open-circuit curve of one cell. While the current is constant
every state has an exact solution. Current counts positive in discharge.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from math import copysign, exp

REFERENCE = 298.15
"""Temperature in K at which resistances are given."""

Curve = tuple[tuple[float, float], ...]
"""Open-circuit voltage in V over the state of charge 0..1."""


@dataclass(frozen=True, slots=True)
class BankCell:
    """One cell of a bank. `curve` its mean open-circuit voltage; `capacity` Ah; `resistance` ohm
    and those of the `fast` and the `slow` relaxation (interface, diffusion) with their time
    constants in s, all at 25 degC; `activation` of the resistances in K (energy over the Boltzmann
    constant); `hysteresis` V below (discharge) and above (charge) the mean curve, reached with the
    `turning` share of the capacity; coulombic `efficiency` 0..1; limits of voltage
    `low` and `high`."""

    curve: Curve
    capacity: float
    resistance: float
    fast: float
    fast_time: float
    slow: float
    slow_time: float
    activation: float
    hysteresis: float
    turning: float
    efficiency: float
    low: float
    high: float


def open_circuit(curve: Curve, charge: float) -> tuple[float, float]:
    """Voltage in V at state of `charge`, and its slope in V; straight on beyond both ends."""
    place = min(max(bisect_right(curve, (charge, 0.0)), 1), len(curve) - 1)
    (x0, y0), (x1, y1) = curve[place - 1], curve[place]
    slope = (y1 - y0) / (x1 - x0)
    return y0 + slope * (charge - x0), slope


def mean_voltage(curve: Curve, low: float, high: float) -> float:
    """Mean open-circuit voltage in V between two states of charge: exact for straight pieces."""
    inside = [low, *(x for x, _ in curve if low < x < high), high]
    volts = [open_circuit(curve, x)[0] for x in inside]
    pieces = zip(inside, inside[1:], volts, volts[1:], strict=False)
    return sum((b - a) * (u + v) / 2.0 for a, b, u, v in pieces) / (high - low)


def warmed(activation: float, celsius: float) -> float:
    """Factor on a resistance at `celsius`: Arrhenius about 25 degC."""
    return exp(activation * (1.0 / (celsius + 273.15) - 1.0 / REFERENCE))


@dataclass(slots=True)
class Relaxing:
    """What a cell remembers: overvoltages `fast` and `slow` in V, `side` -1..1 of its hysteresis
    (1: after discharge)."""

    fast: float = 0.0
    slow: float = 0.0
    side: float = 0.0

    def pass_current(self, cell: BankCell, current: float, dt: float, factor: float) -> None:
        """`current` in A flows for `dt` s; `factor` on the resistances."""
        settled = current * cell.fast * factor
        self.fast = settled + (self.fast - settled) * exp(-dt / cell.fast_time)
        settled = current * cell.slow * factor
        self.slow = settled + (self.slow - settled) * exp(-dt / cell.slow_time)
        if current:
            towards = copysign(1.0, current)
            moved = abs(current) * dt / 3600.0 / cell.capacity
            self.side = towards + (self.side - towards) * exp(-moved / cell.turning)

    def drop(self, cell: BankCell) -> float:
        """Voltage in V below the open-circuit curve without current."""
        return self.fast + self.slow + cell.hysteresis * self.side

    def copy(self) -> Relaxing:
        """The same, to go on apart."""
        return Relaxing(self.fast, self.slow, self.side)
