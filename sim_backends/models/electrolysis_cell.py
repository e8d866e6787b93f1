"""A PEM water electrolysis cell: its voltage and its impedance. Pure.

Reversible voltage, Butler-Volmer kinetics of the anode, linear kinetics of the cathode, ohmic and
transport terms: M. Carmo et al., Int. J. Hydrogen Energy 38 (2013) 4901, section 3; D. Falcao,
A. Pinto, J. Cleaner Prod. 261 (2020) 121184, tables 2 and 3. Current densities are in A/cm2,
resistances of an area in ohm cm2, temperatures in degC.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asinh, exp, log, pi, sqrt

GAS, FARADAY = 8.314462618, 96485.33212
ZERO = 273.15
REFERENCE = 60.0
"""Temperature in degC at which the parameters are stated."""

REVERSIBLE, PER_KELVIN = 1.2291, -0.8456e-3
"""V at 25 degC and V/K (Falcao and Pinto, eq. 4)."""

MEMBRANE_KELVIN = 1268.0
"""K; conductivity of Nafion grows as exp(1268 (1/303 - 1/T)) (T. Springer et al., J. Electrochem.
Soc. 138 (1991) 2334, eq. 25)."""

_LN10 = log(10.0)


@dataclass(frozen=True, slots=True)
class Cell:
    """A membrane electrode of `area` cm2 in its frame.

    `exchange` A/cm2 and `tafel` V per decade of the anode at 60 degC, `activation` J/mol of the
    former; `cathode` A/cm2 exchange of the cathode; `membrane` and `contact` ohm cm2 at 60 degC;
    `limiting` A/cm2; `layer` F s^(n-1)/cm2 and `flatness` n of the anode's constant-phase double
    layer; `transport` ohm cm2 and `transport_time` s of the slow arc; `inductance` H of the frame;
    `tap` ohm of plates between the sense taps and the membrane electrode.
    """

    area: float
    exchange: float
    tafel: float
    activation: float
    cathode: float
    membrane: float
    contact: float
    limiting: float
    layer: float
    flatness: float
    transport: float
    transport_time: float
    inductance: float
    tap: float


@dataclass(frozen=True, slots=True)
class Condition:
    """What has become of a cell: `kinetic` V lost at the anode, `grown` ohm cm2 of contact,
    `bubbles` V of what recovers at rest."""

    kinetic: float = 0.0
    grown: float = 0.0
    bubbles: float = 0.0


NEW = Condition()


def reversible(celsius: float, hydrogen: float, oxygen: float) -> float:
    """Nernst potential in V of water at `celsius`, partial pressures in bar."""
    kelvin = celsius + ZERO
    nernst = GAS * kelvin / (2.0 * FARADAY) * log(hydrogen * sqrt(oxygen))
    return REVERSIBLE + PER_KELVIN * (celsius - 25.0) + nernst


def ohmic(cell: Cell, celsius: float, condition: Condition = NEW) -> float:
    """Area-specific ohmic resistance in ohm cm2: membrane, contact, and what has grown of it."""
    faster = MEMBRANE_KELVIN * (1.0 / (REFERENCE + ZERO) - 1.0 / (celsius + ZERO))
    return cell.membrane * exp(-faster) + cell.contact + condition.grown


def _anode(cell: Cell, celsius: float, condition: Condition) -> tuple[float, float]:
    """V by e-fold of current and twice the exchange current density in A/cm2."""
    kelvin = celsius + ZERO
    fold = cell.tafel / _LN10 * kelvin / (REFERENCE + ZERO)
    warmer = cell.activation / GAS * (1.0 / (REFERENCE + ZERO) - 1.0 / kelvin)
    return fold, 2.0 * cell.exchange * exp(warmer - condition.kinetic / fold)


def voltage(
    cell: Cell,
    density: float,
    celsius: float,
    condition: Condition = NEW,
    pressures: tuple[float, float] = (1.0, 1.0),
) -> float:
    """Voltage in V of the membrane electrode at `density` in A/cm2; `pressures` of hydrogen and
    oxygen in bar."""
    fold, twice = _anode(cell, celsius, condition)
    thermal = GAS * (celsius + ZERO) / FARADAY
    anode = fold * asinh(density / twice)
    cathode = thermal / 2.0 * density / cell.cathode
    transport = -thermal / 4.0 * log(1.0 - min(density / cell.limiting, 0.99))
    terms = anode + cathode + transport + density * ohmic(cell, celsius, condition)
    return reversible(celsius, *pressures) + terms + condition.bubbles


def impedance(
    cell: Cell, frequency: float, density: float, celsius: float, condition: Condition = NEW
) -> complex:
    """Impedance in ohm between the sense taps at `frequency` in Hz and `density` in A/cm2.

    Frame with its inductance, ohmic resistance, anode with a constant-phase layer, transport.
    The cathode is too fast for an arc (M. Bernt, H. Gasteiger, J. Electrochem. Soc. 163 (2016)
    F3179): its resistance stands with the ohmic one.
    """
    omega = 2.0j * pi * frequency
    fold, twice = _anode(cell, celsius, condition)
    charge = fold / sqrt(density**2 + twice**2)
    anode = charge / (1.0 + charge * cell.layer * omega**cell.flatness)
    slow = cell.transport / (1.0 + cell.transport_time * omega)
    fast = intercept(cell, celsius, condition)
    return cell.tap + omega * cell.inductance + (fast + anode + slow) / cell.area


def intercept(cell: Cell, celsius: float, condition: Condition = NEW) -> float:
    """High-frequency resistance in ohm cm2: what is in series with the arcs."""
    thermal = GAS * (celsius + ZERO) / FARADAY
    return ohmic(cell, celsius, condition) + thermal / 2.0 / cell.cathode
