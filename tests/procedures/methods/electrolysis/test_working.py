"""The supply is told what changes, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import cast

from labctl import clock
from procedures.methods.electrolysis.working import Load
from rigs.electrolysis import ElectrolysisRig


@dataclass
class Supply:
    """Writes down what it is told."""

    told: list[tuple[str, float | bool]] = field(default_factory=list[tuple[str, float | bool]])

    async def set_current_limit(self, current: float) -> None:
        self.told.append(("current", current))

    async def output(self, on: bool) -> None:
        self.told.append(("output", on))


def told(*densities: float) -> list[tuple[str, float | bool]]:
    """What a supply at 1 A/cm2 of 500 cm2 is told for `densities`, one after the other."""
    supply = Supply()
    load = Load(cast("ElectrolysisRig", SimpleNamespace(supply=supply)), 500.0, 1.0)

    async def drive() -> None:
        for density in densities:
            await load.change(density)

    clock.run(drive(), virtual=True)
    return supply.told


def test_a_supply_that_is_on_gets_its_new_current_alone() -> None:
    assert told(1.0, 2.0, 2.0, 0.5) == [("current", 1000.0), ("current", 250.0)]


def test_a_stop_and_a_start() -> None:
    assert told(0.0, 0.0, 1.0) == [("output", False), ("current", 500.0), ("output", True)]
