"""The simulated photovoltaic bench with faults, and with its emulators open to a test's eyes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest

import sim_backends.bench
from labctl.agreement import default
from labctl.catalogue import load
from labctl.engine import execute
from labctl.indicator import Indicator
from labctl.requests import RunOutcome, RunRequest
from sim_backends.bench import SimBench
from sim_backends.faults import Fault, FaultyEmulator

ITEMS = ("1.1-03", "1.1-04", "1.1-05", "1.1-12", "1.2-06")
"""The indicators that the bench serves."""

Faults = Mapping[str, Sequence[Fault]]

FEW = 400
"""Monte Carlo draws where a test looks at no interval."""


def measured(
    runs: Path, *items: str | Indicator, dut: str = "nominal", seed: int = 1, **more: Any
) -> RunOutcome:
    """What a run of `items`, by id or changed, comes to."""
    found = tuple(load().get(item) if isinstance(item, str) else item for item in items)
    targets = tuple(item.id for item in found)
    request = RunRequest(targets, found, default(), runs, dut=dut, seed=seed, **more)
    return execute(request)


def lasting(item: str, hours: float) -> Indicator:
    """The indicator with a duration of `hours`."""
    found = load().get(item)
    conditions = tuple(
        msgspec.structs.replace(c, value=hours) if c.quantity == "duration" else c
        for c in found.conditions
    )
    return msgspec.structs.replace(found, conditions=conditions)


@dataclass
class Benches:
    """Every simulated bench that is opened gets `faults`; of the last one the emulators by role
    and the ports of its world are kept."""

    faults: Faults = field(default_factory=dict[str, Sequence[Fault]])
    made: dict[str, Any] = field(default_factory=dict[str, Any])
    ports: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def emulators(self) -> dict[str, Any]:
        """The instruments themselves by role, as they are now: a restarted one is another."""
        return {
            role: one.inner if isinstance(one, FaultyEmulator) else one
            for role, one in self.made.items()
        }


def watch(monkeypatch: pytest.MonkeyPatch, faults: Faults | None = None) -> Benches:
    """From now on the simulated benches of this process are watched and spoilt."""
    benches = Benches(faults or {})

    class Watched(SimBench):
        """As ours, with faults."""

        def __init__(self, *args: Any, **more: Any) -> None:
            faults = benches.faults or more.get("faults")
            super().__init__(*args, **{**more, "faults": faults})

        def build(self, t0: float) -> tuple[Any, dict[str, Any]]:
            world, benches.made = super().build(t0)
            benches.ports = world.ports
            return world, benches.made

    monkeypatch.setattr(sim_backends.bench, "SimBench", Watched)
    return benches


def energy(benches: Benches) -> dict[str, bool]:
    """By role, whether it still puts out something: output, light, motion, heat.

    Read off the instruments, and off the world where the lamp's light falls. One without power
    puts out nothing.
    """
    kept, scene = benches.emulators, benches.ports["lamp"]._scene
    found = {
        "source_meter": kept["source_meter"].settings.output,
        "lamp": kept["lamp"]._lit is not None or kept["lamp"]._open,
        "bender": kept["bender"]._run is not None,
        "chuck": kept["chuck"].controls or kept["chuck"].loop.output != 0.0,
    }
    for role, one in benches.made.items():
        if isinstance(one, FaultyEmulator) and one.dark:
            found[role] = False
    lit = scene.lamp.shutter_open and scene.lamp.irradiance(scene._t) > 1.0
    return {**found, "lamp": found["lamp"] or lit}
