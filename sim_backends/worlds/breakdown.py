"""The world of the breakdown bench: a row of transistors under high voltage in a closed station."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim_backends.data import gate_edge as data
from sim_backends.models.high_voltage_row import (
    HighVoltageRow,
    RowDevice,
    SupplyPort,
    TerminalPort,
)
from sim_backends.models.noise import Drift
from sim_backends.models.probe_chuck import Project, ThermalChuck
from sim_backends.models.probed_die import ProbedDie
from sim_backends.samples.breakdown import CRITERION, RECIPES, Row, draw_row
from sim_backends.samples.chip_layout import DIES, INDEX, PROJECT, Chip
from sim_backends.samples.recipe import Samples
from sim_backends.streams import stream
from sim_backends.worlds.drawing import drawn

ROOM = 22.5
"""degC."""

KNOT = 2.0
"""Seconds between knots of a wander."""

SPREADS = {
    "warmer": (0.3, "K: a wafer over a chuck in still air under probes"),
}

CABLE_LEAK = 2e-12
"""S at the most from a high-voltage cable to ground."""

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach


class People:
    """Who stands at the station and opens its door; fits `OperatorPort`."""

    def __init__(self, die: ProbedDie) -> None:
        self._die = die

    def acted(self, prompt: str, value: object, t: float) -> None:
        """`.../door`: open or closed."""
        if prompt.rpartition("/")[2] == "door":
            self._die.closed = value != "open"


class World:
    """`ports` by name: chuck (ChuckPort), supply (HighVoltagePort), source, gate and wafer
    (ElectricalPort), operator (OperatorPort)."""

    def __init__(self, chip: Chip[Row], seed: int, t0: float) -> None:
        wrong = drawn(seed, "breakdown bench", SPREADS)
        devices = [
            RowDevice(one, self._wander(seed, n, t0), CRITERION)
            for n, one in enumerate(chip.device)
        ]
        self.die = ProbedDie(
            {PROJECT: Project(DIES, INDEX)},
            chip.layout,
            devices,
            ThermalChuck.at_rest(ROOM, t0),
            wrong["warmer"],
        )
        leak = CABLE_LEAK * float(stream(seed, "breakdown bench", "leak").uniform())
        self.row = HighVoltageRow(self.die, devices, leak)
        self.ports: Mapping[str, Any] = {
            "chuck": self.die,
            "supply": SupplyPort(self.row),
            "source": TerminalPort(self.row, "source"),
            "gate": TerminalPort(self.row, "gate"),
            "wafer": TerminalPort(self.row, "chuck"),
            "operator": People(self.die),
        }

    @staticmethod
    def _wander(seed: int, number: int, t0: float) -> Drift:
        rng = stream(seed, "breakdown wander", str(number))
        return Drift(data.WANDER, data.WANDER_TIME, KNOT, rng, t0)


def build(device: Chip[Row], *, seed: int, t0: float) -> World:
    """A bench of `seed` with the wafer of `device` on its chuck at run time `t0` in s."""
    return World(device, seed, t0)


def example(seed: int) -> Chip[Row]:
    """A row drawn with `seed`, for a bench that is shown and not asked for one."""
    return draw_row(stream(seed, "sample", "example"))
