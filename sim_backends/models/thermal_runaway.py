"""Thermal runaway of cells side by side: Joule heat and an Arrhenius chain against heat loss.

The lumped model of Hatchard et al. (J. Electrochem. Soc. 148 (2001) A755) as Kim et al. (J. Power
Sources 170 (2007) 476) write it: film on the anode, anode with liquid electrolyte (slowed by the
film it makes), cathode (autocatalytic), liquid electrolyte. The anode's heat is limited by the
liquid that is there. A short by a nail, and the collapse of the layer between the electrodes at its
own temperature, turn charge into heat. Neighbours conduct heat to each other. Left out: differences
of temperature within a cell, mass that leaves with the gas, heat of flames on the cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim_backends.data import abuse as data

Array = NDArray[np.float64]

GAS = 8.314462618
"""J/(mol K)."""

ZERO = 273.15
"""K."""

SHORT_OF_COLLAPSE = 3e-3
"""ohm of a short over the whole area, once the layer between the electrodes gives way; assumed
(Feng et al., J. Power Sources 275 (2015) 261: the charge is turned into heat in about a minute)."""

WIDTH = 3.0
"""K over which the layer gives way."""

LAST_CHARGE = 0.005
"""Charge over which a cell's voltage fades away at the end."""

STATES = 7
"""Rows of a state: temperature in K; amounts of film, anode, film thickness, cathode (reacted),
liquid; charge 0..1. A column a cell."""


@dataclass(frozen=True, slots=True)
class AbusedCell:
    """A cell of `mass` kg with `carbon` and `cathode` kg in it, `liquid` electrolyte in kg/kg of
    the cell, `capacity` in A h, `resistance` in ohm. `reactivity` is the anode's surface that
    reacts, relative to Kim's; `collapse` in degC is where the layer between the electrodes gives
    way; `vent` in m2 is the opening of the vent; `curve` its open-circuit voltage."""

    mass: float
    carbon: float
    cathode: float
    liquid: float
    capacity: float
    resistance: float
    reactivity: float
    collapse: float
    vent: float
    curve: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Drive:
    """What acts on the cells: `short` conductance in S through the first cell's nail, charging
    `current` in A through those of `string`, `plate` heat in W into the first."""

    short: float = 0.0
    current: float = 0.0
    plate: float = 0.0

    def like(self, other: Drive) -> bool:
        """Whether `other` differs by less than a thousandth (or next to nothing)."""
        pairs = zip(self._values(), other._values(), (1e-3, 1e-3, 0.1), strict=True)
        return all(abs(a - b) <= max(1e-3 * abs(a), small) for a, b, small in pairs)

    def _values(self) -> tuple[float, float, float]:
        return self.short, self.current, self.plate


class Cells:
    """Cells in a row, in surroundings of `ambient` degC; the first `string` of them in series."""

    def __init__(self, cells: Sequence[AbusedCell], string: int, ambient: float) -> None:
        self.cells, self.string, self.ambient = tuple(cells), string, ambient + ZERO
        count = len(cells)
        self.carbon = np.array([one.carbon for one in cells])
        self.cathode = np.array([one.cathode for one in cells])
        self.liquid = np.array([one.liquid * one.mass for one in cells])
        self.charge = np.array([one.capacity * 3600.0 for one in cells])
        self.resistance = np.array([one.resistance for one in cells])
        self.reactivity = np.array([one.reactivity for one in cells])
        self.collapse = np.array([one.collapse + ZERO for one in cells])
        self.vent = np.array([one.vent for one in cells])
        self.heat_capacity = np.array([one.mass * data.HEAT_CAPACITY for one in cells])
        if count > 1:
            self.heat_capacity[0] += data.PLATE
        self.share = np.array([min(1.0, one.liquid / data.NEEDED_LIQUID) for one in cells])
        self._curves = [tuple(np.array(one.curve).T) for one in cells]
        self._first = np.eye(count)[0]
        self._string = (np.arange(count) < string).astype(float)

    def start(self, charge: Sequence[float]) -> Array:
        """The state at rest at the surroundings' temperature, shape (7, cells)."""
        count = len(self.cells)
        values = (
            self.ambient, data.SEI_START, data.ANODE_START, data.FILM_START, data.CATHODE_START, 1.0
        )  # fmt: skip
        return np.vstack([*(np.full(count, one) for one in values), np.array(charge)])

    def open_voltages(self, state: Array) -> Array:
        """Open-circuit voltages in V of a state; they fade out with the last charge."""
        volts = [np.interp(q, x, y) for q, (x, y) in zip(state[6], self._curves, strict=True)]
        return np.array(volts) * -np.expm1(-np.maximum(state[6], 0.0) / LAST_CHARGE)

    def rate(self, state: Array, drive: Drive) -> Array:
        """Time derivative of a state, shape (7, cells)."""
        kelvin, sei, anode, film, cathode, liquid, _ = state
        inverse = -1.0 / (GAS * np.maximum(kelvin, 200.0))
        reacts_sei = _speed(data.SEI, inverse) * sei
        reacts_anode = _speed(data.ANODE, inverse, self.reactivity) * np.exp(
            -film / data.FILM_START
        ) * np.maximum(anode, 0.0)  # fmt: skip
        reacts_cathode = _speed(data.CATHODE, inverse) * cathode * np.maximum(1.0 - cathode, 0.0)
        reacts_liquid = _speed(data.LIQUID, inverse) * np.maximum(liquid, 0.0)
        chemical = (
            data.SEI.heat * self.carbon * reacts_sei
            + data.ANODE.heat * self.carbon * self.share * reacts_anode
            + data.CATHODE.heat * self.cathode * reacts_cathode
            + data.LIQUID.heat * self.liquid * reacts_liquid
        )
        electric, drained = self._electric(state, drive)
        warming = (chemical + electric + self._exchanged(kelvin)) / self.heat_capacity
        thicker = reacts_anode / self.reactivity
        return np.array([
            warming, -reacts_sei, -reacts_anode, thicker, reacts_cathode, -reacts_liquid, drained
        ])  # fmt: skip

    def _electric(self, state: Array, drive: Drive) -> tuple[Array, Array]:
        """Heat in W, and change of the charge in 1/s."""
        volts = self.open_voltages(state)
        gives_way = 1.0 / (1.0 + np.exp(np.clip((self.collapse - state[0]) / WIDTH, -50.0, 50.0)))
        conductance = gives_way / SHORT_OF_COLLAPSE + drive.short * self._first
        shorted = volts * conductance / (1.0 + conductance * self.resistance)
        charging = drive.current * self._string
        heat = volts * shorted + charging**2 * self.resistance + drive.plate * self._first
        return heat, (charging - shorted) / self.charge

    def _exchanged(self, kelvin: Array) -> Array:
        """Heat in W that comes from neighbours and surroundings."""
        loss = data.FILM_COEFFICIENT * data.AREA * (self.ambient - kelvin)
        radiant = data.EMISSIVITY * data.STEFAN_BOLTZMANN * data.AREA
        loss = loss + radiant * (self.ambient**4 - kelvin**4)
        flow = data.NEIGHBOUR * np.diff(kelvin)
        loss[:-1] += flow
        loss[1:] -= flow
        return loss

    def solve(self, state: Array, drive: Drive, times: Array) -> Array:
        """States at `times` in s, from `state` at the first; shape (times, 7, cells)."""
        from scipy.integrate import odeint

        shape = state.shape

        def slope(flat: Any, _: float) -> Any:
            return self.rate(flat.reshape(shape), drive).ravel()

        found = odeint(slope, state.ravel(), times, rtol=1e-5, atol=1e-7, mxstep=20000)
        return np.asarray(found).reshape(len(times), *shape)

    def gas(self, states: Array) -> Array:
        """Moles of gas that each cell has made by then; shape (times, cells)."""
        left = states[:, 5] * np.clip(states[:, 2] / data.ANODE_START, 0.0, 1.0)
        oxidised = self.cathode * (states[:, 4] - data.CATHODE_START)
        return data.GAS_OF_LIQUID * self.liquid * (1.0 - left) + data.GAS_OF_CATHODE * oxidised


def _speed(kinetics: data.Kinetics, inverse: Array, factor: Array | float = 1.0) -> Array:
    """Arrhenius rate in 1/s times `factor`; `inverse` is -1/(R T) in mol/J."""
    return np.minimum(factor * kinetics.frequency * np.exp(kinetics.energy * inverse), data.FASTEST)
