"""Simulated benches opened for tests, in virtual time, with faults in their instruments."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from labctl import clock
from labctl.bench_guard import in_use
from labctl.discovery import installed_labs, procedure_for
from labctl.errors import LabError, UsageError
from labctl.indicator import Indicator
from labctl.labs import Lab, OpenBench
from labctl.platform.interrupts import interrupts
from labctl.testing.faulted import spoiled
from labctl.truth import sample_request

T = TypeVar("T")
Use = Callable[[OpenBench], Awaitable[T]]


@dataclass
class FaultList:
    """Faults that the simulated instruments of a test have from now on.

    Kinds and what they take are those of `[[sim.faults]]` in a bench file.
    """

    tables: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def inject(self, role: str, kind: str, **when: float | str) -> None:
        """Let the instrument of `role` have a fault: `inject("meter", "silence", after=60.0,
        lasting=5.0)`, run times in s."""
        self.tables.append({"role": role, "kind": kind, **when})

    def heal(self) -> None:
        """Benches that are opened from now on have no fault."""
        self.tables.clear()


@dataclass(frozen=True)
class Place:
    """What has to be opened: the `lab`, the class of the `rig`, the `indicator` if there is one."""

    lab: Lab
    rig: type
    indicator: Indicator | None = None


def place_of(target: Indicator | type) -> Place:
    """Where an indicator is measured, or the simulated bench of a rig class.

    `UsageError` of an indicator without a procedure.
    """
    if isinstance(target, type):
        return Place(_owner(target), target)
    bound = procedure_for(target)
    if bound is None:
        raise UsageError(f"{target.id} has no procedure", remedy="labctl indicators lists them")
    return Place(bound.lab, bound.procedure.rig, target)


def used(
    place: Place, use: Use[T], folder: Path, faults: FaultList, *, dut: str = "nominal", seed: int
) -> T:
    """What `use` returns of the open bench, in virtual time; the bench is made safe and closed.

    With faults the bench's file is written anew into `folder`.
    """

    async def opened() -> T:
        request = None if place.indicator is None else sample_request(place.indicator, dut)
        path = await spoiled_file(place, folder, faults)
        bench = await place.lab.open_bench(path, rig=place.rig, sample=request, seed=seed)
        with interrupts() as stop:
            async with in_use(bench, stop, _told) as ready:
                return await use(ready)

    return clock.run(opened(), virtual=True)


async def spoiled_file(place: Place, folder: Path, faults: FaultList) -> Path | None:
    """The bench's file with the faults in it; None where there is none to be had."""
    if not faults.tables:
        return None
    path = folder / "bench.toml"
    path.write_text(spoiled(await bench_text(place), faults.tables), encoding="utf-8")
    return path


async def bench_text(place: Place) -> str:
    """The simulated bench's file, as it stands; no line is opened."""
    bench = await place.lab.open_bench(None, rig=place.rig, sample=None, seed=1, offline=True)
    try:
        return bench.bench_text
    finally:
        await bench.close()


def _owner(rig: type) -> Lab:
    labs = installed_labs()
    for lab in labs:
        package = lab.packages.get("rigs")
        if package is not None and rig.__module__.startswith(f"{package}."):
            return lab
    return labs[0]


def _told(failure: LabError) -> None:
    """A bench that could not be left in order raises at its end: nobody else need be told."""
