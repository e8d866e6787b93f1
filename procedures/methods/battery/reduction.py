"""Charge and energy of discharges, with the shunt's current in place of the cycler's. Pure.

The cycler gives the time of a leg and its voltage; the current is the voltage of the shunt, less
its zero, over its resistance. Where the cycler's voltage is wrong by a volt, cut-offs lie wrong by
it, and the legs end earlier or later by what their slopes tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from labctl.evidence import Reading
from labctl.uncertainty import Draws, MonteCarlo
from procedures.methods.battery.cell import Cell
from procedures.methods.battery.cycling import Cycles, currents


class Discharged(NamedTuple):
    """Draws of what a mean discharge gave: `charge` in C and `energy` in J, (draws + 1,)."""

    charge: Draws
    energy: Draws


def shunt_current(mc: MonteCarlo, cell: Cell, seen: Cycles, sign: int, name: str) -> Draws:
    """Draws of the mean current in A (magnitude) of the legs of `sign`, (draws + 1, 1).

    An error of the meter's gain changes its sign with the reading, one of its offset does not and
    goes with the zero. So both readings are taken with the sign of the leg.
    """
    readings = _signed((seen.charge if sign > 0 else seen.discharge).readings(), sign)
    zero = _signed(seen.zero.readings(), sign)
    volts = mc.mean(readings) - mc.mean(zero) + scatter(mc, readings, f"{name}/shunt {sign}")
    stray = cell.zero_change(mc, name) - scatter(mc, seen.zero.readings(), f"{name}/zero")
    return (volts + sign * stray) / cell.resistance(mc)


def _signed(readings: Sequence[Reading], sign: int) -> list[Reading]:
    return [msgspec.structs.replace(one, value=sign * one.value) for one in readings]


def scatter(mc: MonteCarlo, readings: Sequence[Reading], name: str) -> Draws:
    """Draws around 0 of the scatter of a mean of `readings`, (draws + 1, 1), as they repeated."""
    values = np.array([one.value for one in readings])
    return mc.repeated(f"scatter/{name}", values) - float(values.mean())


def voltage_error(mc: MonteCarlo, seen: Cycles, volts: float) -> Draws:
    """Draws of true less shown voltage of the cycler at `volts` V, (draws + 1, 1), in V."""
    shown = Reading(volts, "V", 0.0, 0.0, seen.address, "", seen.line)
    return mc.weighted([shown], [1.0], "cut-off") - volts


def discharged(mc: MonteCarlo, cell: Cell, cycles: Sequence[Cycles], name: str) -> Discharged:
    """The mean discharge of `cycles`, one leg each, at the nominal cut-offs and 25 degC."""
    charge: list[Draws] = []
    energy: list[Draws] = []
    for number, seen in enumerate(cycles):
        one = _one(mc, cell, seen, f"{name} {number + 1}")
        charge.append(one.charge)
        energy.append(one.energy)
    return Discharged(_mean(mc, charge, f"{name}/charge"), _mean(mc, energy, f"{name}/energy"))


def _one(mc: MonteCarlo, cell: Cell, seen: Cycles, name: str) -> Discharged:
    (up, *_), (down, *_) = currents(seen)
    current = shunt_current(mc, cell, seen, -1, name)[:, 0]
    error = voltage_error(mc, seen, down.voltage)[:, 0]
    # Read low, a charge goes too far and a discharge too: what is above or below is taken back.
    below, above = error * down.slope * current, error * up.slope * current
    warm = cell.warming(mc, seen.celsius)[:, 0]
    charge = current * down.seconds
    energy = charge * (down.voltage + error) + below * cell.lower - above * cell.upper
    return Discharged((charge + below - above) / warm, energy / warm)


def _mean(mc: MonteCarlo, each: Sequence[Draws], name: str) -> Draws:
    values = np.array([float(one[0]) for one in each])
    out = np.mean(each, axis=0)
    return out + (mc.repeated(f"repeatability/{name}", values) - float(values.mean()))[:, 0]
