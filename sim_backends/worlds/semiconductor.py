"""The world of the semiconductor bench: a wafer under the probes of a station."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sim_backends.data.gallium_oxide import WANDER, WANDER_TIME
from sim_backends.models.contact_ladder import ContactLadder
from sim_backends.models.die_structures import InverterStructure, LadderGap
from sim_backends.models.inverter_gate import InverterGate
from sim_backends.models.noise import Drift
from sim_backends.models.probe_chuck import Project, ThermalChuck
from sim_backends.models.probed_die import (
    DrainPort,
    GatePort,
    OutputPort,
    ProbedDie,
    Structure,
)
from sim_backends.samples.recipe import Samples
from sim_backends.samples.semiconductor import DIES, INDEX, PROJECT, RECIPES, Chip, draw_inverter
from sim_backends.streams import stream
from sim_backends.worlds import semiconductor_errors as errors

ROOM = 22.5
"""degC."""

KNOT = 2.0
"""Seconds between knots of a threshold's wander."""

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach

Wander = Callable[[str], Drift]


class World:
    """`ports` by name: chuck (ChuckPort), gate, drain and output (ElectricalPort)."""

    def __init__(self, chip: Chip[Any], seed: int, t0: float) -> None:
        wrong = errors.errors(seed)

        def wander(name: str) -> Drift:
            rng = stream(seed, "semiconductor wander", name)
            return Drift(WANDER, WANDER_TIME, KNOT, rng, t0)

        self.die = ProbedDie(
            {PROJECT: Project(DIES, INDEX)},
            chip.layout,
            structures(chip.device, wander, wrong),
            ThermalChuck.at_rest(ROOM, t0),
            wrong["warmer"],
        )
        leak = errors.CABLE_LEAK * float(stream(seed, "semiconductor bench", "leak").uniform())
        self.ports: Mapping[str, Any] = {
            "chuck": self.die,
            "gate": GatePort(self.die),
            "drain": DrainPort(self.die, leak, wrong["emf"]),
            "output": OutputPort(self.die),
        }


def structures(device: object, wander: Wander, wrong: Mapping[str, float]) -> Sequence[Structure]:
    """What of `device` stands under the probes, from left to right."""
    match device:
        case ContactLadder():
            count = len(device.gaps)
            return [LadderGap(device, n, wrong["gap_offset"]) for n in range(count)]
        case InverterGate():
            return [InverterStructure(device, wander("inverter"))]
        case _:
            raise TypeError(f"no structure is known for {device!r}")


def build(device: Chip[Any], *, seed: int, t0: float) -> World:
    """A bench of `seed` with the wafer of `device` on its chuck at run time `t0` in s."""
    return World(device, seed, t0)


def example(seed: int) -> Chip[InverterGate]:
    """An inverter drawn with `seed`, for a bench that is shown and not asked for one."""
    return draw_inverter(stream(seed, "sample", "example"))
