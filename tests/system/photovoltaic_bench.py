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
    """Every simulated bench that is opened gets `faults`; their emulators by role are kept."""

    faults: Faults = field(default_factory=dict[str, Sequence[Fault]])
    emulators: dict[str, Any] = field(default_factory=dict[str, Any])


def watch(monkeypatch: pytest.MonkeyPatch, faults: Faults | None = None) -> Benches:
    """From now on the simulated benches of this process are watched and spoilt."""
    benches = Benches(faults or {})

    class Watched(SimBench):
        """As ours, with faults."""

        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **{**more, "faults": benches.faults})

        def _emulator(self, role: str, spec: Any, ports: Any) -> Any:
            made = super()._emulator(role, spec, ports)
            benches.emulators[role] = made.inner if isinstance(made, FaultyEmulator) else made
            return made

    monkeypatch.setattr(sim_backends.bench, "SimBench", Watched)
    return benches


def energy(benches: Benches) -> dict[str, bool]:
    """By role, whether it still puts out something: output, light, motion, heat."""
    kept = benches.emulators
    return {
        "source_meter": kept["source_meter"].settings.output,
        "lamp": kept["lamp"]._lit is not None or kept["lamp"]._open,
        "bender": kept["bender"]._run is not None,
        "chuck": kept["chuck"].controls or kept["chuck"].loop.output != 0.0,
    }
