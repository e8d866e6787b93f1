"""A dismantled cell: its mass balance as balance, chromatograph and thermobalance see it.

Of the liquid a part evaporates when the case is opened (seen as the difference of the weighings), a
part on the way into the extract, a part stays in the extracted stack; the rest is in the extract.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim_backends.data import cell_chemistry as data
from sim_backends.models.logged import Channel, Log
from sim_backends.models.noise import Drift
from sim_backends.models.weighing_pan import Loading

INJECTIONS, PIECES = 5, 5
"""Injections of the extract, and pieces of the extracted stack in the thermobalance."""

POINTS, START, END, TAU = 240, 30.0, 270.0, 12.0
"""Points of a run from `START` to `END` degC, and K over which the volatile share leaves."""

SOLVENTS = ("EC", "EMC")
PLACES = {"EC": 175.0, "EMC": 110.0}
"""degC about which each leaves an extracted piece."""

ZERO, MEMORY = 1e-7, 1800.0
"""kg and s of the balance's wandering zero (remembered)."""


@dataclass(frozen=True, slots=True)
class DismantledCell:
    """`mass` kg of the whole cell, `electrolyte` kg of liquid in it, of which `salt` kg/kg is salt;
    shares of the solvent: `opening` lost on opening, `residue` left in the extracted stack."""

    mass: float
    electrolyte: float
    salt: float
    opening: float
    residue: float

    @property
    def solvent(self) -> float:
        """kg of solvent before it was opened."""
        return self.electrolyte * (1.0 - self.salt)


@dataclass(frozen=True, slots=True)
class LabErrors:
    """True errors of one analysis: `standard` true over stated concentration, `volume` true over
    stated (of the extract over that of the spike), `spike` true over weighed, `native` recovery of
    the cell's own solvent over that of the spike, `transfer` loss above the logged one, `debris` kg
    of solids lost on opening, `moisture` kg taken up by the parts."""

    standard: float
    volume: float
    spike: float
    native: float
    transfer: float
    debris: float
    moisture: float


class Parts:
    """What lies on the pan (PanPort), by prompts ending in `pan/...` (OperatorPort)."""

    def __init__(self, cell: DismantledCell, errors: LabErrors, rng: np.random.Generator) -> None:
        self._zero = Drift(ZERO, MEMORY, 60.0, rng)
        lost = cell.solvent * cell.opening + errors.debris - errors.moisture
        stack = cell.mass - data.CASE_MASS - lost
        shares = 1.0 + 0.05 * rng.standard_normal(data.PORTIONS)
        self._portions = (stack * shares / shares.sum()).tolist()
        self._load = self._before = 0.0
        self._since = -1e9

    def acted(self, prompt: str, value: object, t: float) -> None:
        """Somebody puts on the pan what the prompt asked for, at `t` in s."""
        where, _, what = prompt.rpartition("/")
        if where.rpartition("/")[2] == "pan":
            self._before, self._load, self._since = self._load, self._mass(what), t

    def loading(self, t: float) -> Loading:
        """The load at `t` in s, the wandering zero in it."""
        zero = self._zero.at(max(t, 0.0))
        return Loading(self._load + zero, self._before + zero, self._since, 0.0)

    def _mass(self, what: str) -> float:
        kind, _, number = what.partition("-")
        if kind == "stack":
            return data.JAR + self._portions[int(number)]
        return {"empty": 0.0, "jar": data.JAR, "case": data.CASE_MASS}[kind]


class Extract:
    """The chromatograph's series: fits `LogPort`. Peak areas of each solvent in the order blank,
    standard, spiked blank stack, injections of the extract."""

    def __init__(self, cell: DismantledCell, errors: LabErrors, rng: np.random.Generator) -> None:
        self._cell, self._errors, self._rng = cell, errors, rng
        self._day = (1.0 + data.RESPONSE_DAY * rng.standard_normal(2)).tolist()

    def log(self, t: float) -> Log:
        """Areas in arbitrary units."""
        cell, lab = self._cell, self._errors
        there = cell.solvent * (1.0 - cell.opening) * (1.0 - data.TRANSFER - lab.transfer)
        # EMC alone evaporates, so that the extract holds less of it than the cell did.
        shares = {"EC": data.EC_SHARE / (1.0 - cell.opening - data.TRANSFER)}
        shares["EMC"] = 1.0 - shares["EC"]
        channels: list[Channel] = []
        for index, name in enumerate(SOLVENTS):
            won = there * (1.0 - cell.residue) * shares[name] * data.RECOVERY * lab.native
            spiked = data.SPIKE * lab.spike * 0.5 * data.RECOVERY
            true = [0.0, data.STANDARD * lab.standard, spiked / data.EXTRACT]
            true += [won / (data.EXTRACT * lab.volume)] * INJECTIONS
            seen = np.array(true)
            seen[[0, *range(2, len(true))]] += data.BLANK
            seen *= self._day[index] * (1.0 + data.RESPONSE * self._rng.standard_normal(len(seen)))
            channels.append(Channel(name, "dimensionless", 1e4 * seen))
        method = "flame ionisation: blank stack, standard, spiked blank stack, extract"
        return Log(tuple(channels), 900.0, "labctl", "GC-9 gas chromatograph", method)


class Thermobalance:
    """The thermobalance's series: fits `LogPort`. Masses of an empty crucible, of an extracted
    blank stack and of pieces of the extracted stack, against the temperature."""

    def __init__(self, cell: DismantledCell, rng: np.random.Generator) -> None:
        self._rng = rng
        left = cell.solvent * (1.0 - cell.opening) * (1.0 - data.TRANSFER) * cell.residue
        stack = cell.mass - data.CASE_MASS - cell.electrolyte
        self._share = left / (stack + left)

    def log(self, t: float) -> Log:
        """Temperatures in degC, masses in mg."""
        rng = self._rng
        celsius = np.linspace(START, END, POINTS)
        channels = [Channel("temperature", "degC", celsius)]
        pieces = self._share * (1.0 + data.UNEVEN * rng.standard_normal(PIECES))
        runs = [("empty", 0.0, 0.0, 0.0), ("blank", data.TGA_SAMPLE, data.BINDER_LOSS, 0.0)]
        runs += [
            (f"piece{number + 1}", data.TGA_SAMPLE, data.BINDER_LOSS, float(share))
            for number, share in enumerate(pieces)
        ]
        for name, mass, binder, share in runs:
            lost = binder * (celsius - START) / (END - START)
            for solvent, part in zip(SOLVENTS, (data.EC_SHARE, 1.0 - data.EC_SHARE), strict=True):
                lost += share * part * gone(celsius, PLACES[solvent])
            buoyancy = 30 * data.MICROGRAM + data.TGA_DRIFT * rng.standard_normal()
            drift = buoyancy * (celsius - START) / (END - START)
            noise = data.TGA_NOISE * rng.standard_normal(POINTS)
            channels.append(Channel(name, "mg", 1e6 * (mass * (1.0 - lost) + drift + noise)))
        method = "5 K/min under argon, alumina crucibles, extracted and dried pieces"
        return Log(tuple(channels), 12.0, "labctl", "TG-5 thermobalance", method)


def gone(celsius: np.ndarray, place: float) -> np.ndarray:
    """Share that has left a piece by a temperature in degC, about `place`."""
    return 1.0 / (1.0 + np.exp(-(celsius - place) / TAU))
