"""The world of the semiconductor bench: a wafer under the probes of a station."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from sim_backends.data.gallium_oxide import (
    LEAK_WANDER,
    LEAK_WANDER_TIME,
    WANDER,
    WANDER_TIME,
)
from sim_backends.models.contact_ladder import ContactLadder
from sim_backends.models.die_structures import InverterStructure, LadderGap
from sim_backends.models.inverter_gate import InverterGate
from sim_backends.models.monolithic_chip import (
    NOTHING,
    SHORT,
    BrokenStructure,
    CapacitorStructure,
    MonolithicChip,
)
from sim_backends.models.noise import Drift
from sim_backends.models.power_structures import RectifierStructure, TransistorStructure
from sim_backends.models.power_transistor import PowerTransistor, Rectifier
from sim_backends.models.probe_chuck import Project, ThermalChuck
from sim_backends.models.probed_die import (
    DrainPort,
    GatePort,
    LcrPort,
    OutputPort,
    ProbedDie,
    Structure,
)
from sim_backends.samples.chip_layout import DIES, INDEX, PROJECT, Chip
from sim_backends.samples.recipe import Samples
from sim_backends.samples.semiconductor import RECIPES, draw_inverter
from sim_backends.streams import stream
from sim_backends.worlds import semiconductor_errors as errors

ROOM = 22.5
"""degC."""

KNOT = 2.0
"""Seconds between knots of a threshold's wander."""

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach

Wander = Callable[[str, float], Drift]
"""A wander of its own stream by name and standard deviation."""


class World:
    """`ports` by name: chuck (ChuckPort), gate, drain and output (ElectricalPort),
    lcr (ImpedancePort)."""

    def __init__(self, chip: Chip[Any], seed: int, t0: float) -> None:
        wrong = errors.errors(seed)

        def wander(name: str, sigma: float) -> Drift:
            rng = stream(seed, "semiconductor wander", name)
            time = LEAK_WANDER_TIME if sigma == LEAK_WANDER else WANDER_TIME
            return Drift(sigma, time, KNOT, rng, t0)

        row = structures(chip.device, wander, wrong)
        self.die = ProbedDie(
            {PROJECT: Project(DIES, INDEX)},
            chip.layout,
            row,
            ThermalChuck.at_rest(ROOM, t0),
            wrong["warmer"],
        )
        stored = {n: one for n, one in enumerate(row) if isinstance(one, CapacitorStructure)}
        leak = errors.CABLE_LEAK * float(stream(seed, "semiconductor bench", "leak").uniform())
        self.ports: Mapping[str, Any] = {
            "chuck": self.die,
            "gate": GatePort(self.die),
            "drain": DrainPort(self.die, leak, wrong["emf"]),
            "output": OutputPort(self.die),
            "lcr": LcrPort(self.die, stored, errors.STRAY),
        }


def structures(device: object, wander: Wander, wrong: Mapping[str, float]) -> Sequence[Structure]:
    """What of `device` stands under the probes, from left to right."""
    match device:
        case ContactLadder():
            count = len(device.gaps)
            return [LadderGap(device, n, wrong["gap_offset"]) for n in range(count)]
        case InverterGate():
            return [InverterStructure(device, wander("logic", WANDER))]
        case PowerTransistor():
            return [_transistor(device, wander, "transistor")]
        case Rectifier():
            return [RectifierStructure(device, wander("leak", LEAK_WANDER))]
        case MonolithicChip():
            return _blocks(device, wander, wrong)
        case tuple():
            row = cast("tuple[PowerTransistor, ...]", device)
            return [_transistor(one, wander, f"transistor {n}") for n, one in enumerate(row)]
        case _:
            raise TypeError(f"no structure is known for {device!r}")


def _blocks(chip: MonolithicChip, wander: Wander, wrong: Mapping[str, float]) -> list[Structure]:
    whole: list[Structure] = [
        *structures(chip.transistor, wander, wrong),
        *structures(chip.diode, wander, wrong),
        *structures(chip.logic, wander, wrong),
    ]
    broken = {"open": BrokenStructure(NOTHING), "short": BrokenStructure(SHORT)}
    row = [broken.get(flaw, one) for flaw, one in zip(chip.flaws[:3], whole, strict=True)]
    return [*row, CapacitorStructure(chip.plates, chip.flaws[3])]


def _transistor(one: PowerTransistor, wander: Wander, name: str) -> TransistorStructure:
    return TransistorStructure(one, wander(name, WANDER), wander(f"{name} leak", LEAK_WANDER))


def build(device: Chip[Any], *, seed: int, t0: float) -> World:
    """A bench of `seed` with the wafer of `device` on its chuck at run time `t0` in s."""
    return World(device, seed, t0)


def example(seed: int) -> Chip[InverterGate]:
    """An inverter drawn with `seed`, for a bench that is shown and not asked for one."""
    return draw_inverter(stream(seed, "sample", "example"))
