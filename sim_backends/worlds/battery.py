"""The world of the battery bench: one zinc-ion cell, its electrode, a chamber, all on one time."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, floor
from typing import Any

from sim_backends.data.battery import THIN_FILM
from sim_backends.models import fatigue
from sim_backends.models.climate_chamber import ClimateChamber
from sim_backends.models.noise import Drift
from sim_backends.models.weighing_pan import WeighingPan
from sim_backends.models.zinc_cell import Worn, ZincCell
from sim_backends.models.zinc_state import ZincState
from sim_backends.samples.battery import RECIPES, draw_cell
from sim_backends.samples.recipe import Samples
from sim_backends.streams import stream
from sim_backends.worlds import battery_errors as errors

SPACING = 600.0
"""Knots of the slow disturbances in s."""

FOLLOWS = 900.0
"""Time constant in s with which a cell in its holder follows the air (some 20 g, 10 W/(m2 K))."""

ROOM = 23.0
"""degC of the room."""

DELIVERED = 0.3
"""Share of its charge with which a cell comes."""


class Shunt:
    """The shunt in the cell's line (ElectricalPort): a voltmeter lies across it."""

    def __init__(self, state: ZincState, seed: int, bench: errors.BenchErrors, t0: float) -> None:
        self._state = state
        self._bench = bench
        rng = stream(seed, "battery world", "thermal voltage")
        start = floor(t0 / SPACING) * SPACING
        self._drift = Drift(*errors.DRIFT, SPACING, rng, start)

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V at `t`, with `current` in A from the instrument beside the cell's own."""
        stray = self._bench.thermal_voltage + self._drift.at(t)
        return (self._state.current(t) + current) * self._bench.shunt + stray

    def current(self, voltage: float, t: float) -> float:
        """Current in A that the instrument drives to have `voltage` in V across it."""
        return (voltage - self.voltage(0.0, t)) / self._bench.shunt

    def disconnect(self, t: float) -> None:
        """The voltmeter drives nothing."""


class Clamp:
    """The bender's clamp (BendingPort): the cell is bent with its leads on."""

    def __init__(self, state: ZincState, axis: float) -> None:
        self._state = state
        self._axis = axis

    def bend(self, radius: float, cycles: float, t: float) -> None:
        """`cycles` bends to `radius` in m, done since the last call."""
        cell, worn = self._state.cell, self._state.worn
        strained = fatigue.strain(cell.thickness, radius, self._axis)
        more = fatigue.damage(cell.law, strained, cycles)
        self._state.wear(Worn(worn.cycles, worn.damage + more))


class Surroundings:
    """Temperature in degC of the cell, which follows the air at its place: the chamber's with a
    steady difference and a slow change."""

    def __init__(self, chamber: ClimateChamber, place: float, seed: int, t0: float) -> None:
        self._chamber = chamber
        self._place = place
        rng = stream(seed, "battery world", "air")
        self._drift = Drift(*errors.AIR, SPACING, rng, floor(t0 / SPACING) * SPACING)
        self._t = t0
        self._value = self._air(t0)

    def __call__(self, t: float) -> float:
        """Temperature in degC at time `t`; times never go back."""
        if t > self._t:
            rest = self._air(t)
            self._value = rest + (self._value - rest) * exp(-(t - self._t) / FOLLOWS)
            self._t = t
        return self._value

    def _air(self, t: float) -> float:
        return self._chamber.temperature(t) + self._place + self._drift.at(t)


class World:
    """`ports` by name: cells (of one CellPort), shunt (ElectricalPort), chamber (ChamberPort), pan
    (PanPort), clamp (BendingPort)."""

    def __init__(self, cell: ZincCell, seed: int, t0: float) -> None:
        bench = errors.draw(seed)
        chamber = ClimateChamber(ambient=ROOM, t0=t0)
        air = Surroundings(chamber, bench.place, seed, t0)
        state = ZincState(cell, air, share=DELIVERED, t0=t0)
        self.ports: Mapping[str, Any] = {
            "cells": (state,),
            "shunt": Shunt(state, seed, bench, t0),
            "chamber": chamber,
            "pan": WeighingPan(cell.electrode),
            "clamp": Clamp(state, bench.bending_axis),
        }


def build(device: ZincCell, *, seed: int, t0: float) -> World:
    """A bench of `seed` with `device` on its channel at run time `t0` in s, in a chamber that is
    off; its electrode's twin lies on the balance."""
    return World(device, seed, t0)


def example(seed: int) -> ZincCell:
    """A thin-film cell drawn with `seed`, for a bench that is shown and not asked for one."""
    return draw_cell(THIN_FILM, stream(seed, "sample", "example"))


SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach
