"""The world of the storage cell bench: one large cell, chamber, probes and balance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim_backends.data.storage_cell import SODIUM_ION
from sim_backends.models.climate_chamber import ClimateChamber
from sim_backends.models.noise import Flicker
from sim_backends.models.platinum_probe import PlatinumProbe
from sim_backends.models.reference.scanner import WiredScanner
from sim_backends.models.storage_cell import StorageCell
from sim_backends.models.storage_state import StorageState
from sim_backends.models.weighing_pan import WeighingPan
from sim_backends.samples.recipe import Samples
from sim_backends.samples.storage_cell import RECIPES, draw_cell
from sim_backends.streams import stream
from sim_backends.worlds import storage_cell_errors as errors

ROOM = 23.0
"""degC of the room."""

DELIVERED = 0.3
"""Share of its charge with which a cell comes."""

AIR_CHANNEL, CASE_CHANNEL = 101, 102
"""Channels of the logger's card on which the probes in the air and on the case are wired."""


class Air:
    """Temperature in degC of the air beside the cell, where the probe hangs: the chamber's with
    changes within hours and over months."""

    def __init__(self, chamber: ClimateChamber, seed: int) -> None:
        self._chamber = chamber
        self._changes = tuple(
            Flicker(*change, stream(seed, "storage cell world", f"air {number}"))
            for number, change in enumerate((errors.AIR, errors.SEASON))
        )

    def __call__(self, t: float) -> float:
        """Temperature in degC at time `t`."""
        return self._chamber.temperature(t) + sum(change.at(t) for change in self._changes)


class Around:
    """Temperature in degC of the air that flows round the cell: that beside it and a steady
    difference."""

    def __init__(self, air: Air, place: float) -> None:
        self._air = air
        self._place = place

    def __call__(self, t: float) -> float:
        """Temperature in degC at time `t`."""
        return self._air(t) + self._place


class World:
    """`ports` by name: cells (of one CellPort), chamber (ChamberPort), pan (PanPort), probes
    (WiredScanner)."""

    def __init__(self, cell: StorageCell, seed: int, t0: float) -> None:
        bench = errors.draw(seed)
        chamber = ClimateChamber(ambient=ROOM, t0=t0)
        air = Air(chamber, seed)
        state = StorageState(cell, Around(air, bench.place), share=DELIVERED, t0=t0)
        probes = {
            AIR_CHANNEL: PlatinumProbe(air, bench.air_probe),
            CASE_CHANNEL: PlatinumProbe(state.temperature, bench.case_probe),
        }
        self.ports: Mapping[str, Any] = {
            "cells": (state,),
            "chamber": chamber,
            "pan": WeighingPan(cell.mass * (1.0 + bench.mass_basis)),
            "probes": WiredScanner(None, probes),
        }


def build(device: StorageCell, *, seed: int, t0: float) -> World:
    """A bench of `seed` with `device` on its channel at run time `t0` in s, in a chamber that is
    off; its twin lies on the balance."""
    return World(device, seed, t0)


def example(seed: int) -> StorageCell:
    """A sodium-ion cell drawn with `seed`, for a bench that is shown and not asked for one."""
    return draw_cell(SODIUM_ION, stream(seed, "sample", "example"))


SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach
