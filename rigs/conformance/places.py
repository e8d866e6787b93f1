"""Where a lab's emulators stand: the roles of its simulated benches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from drivers.conformance.folder import package_path, says
from labctl.labs import Lab
from rigs.bench import Bench, load_bench

REFERENCE = "reference"
"""The bench that is looked at first: ours has every emulated instrument, each on a known device."""

MARK = "EMULATOR"


@dataclass(frozen=True)
class Place:
    """The role `role` of the simulated bench `bench`."""

    bench: Bench
    role: str

    @property
    def driver(self) -> str:
        """The driver's name, as the bench file spells it."""
        return self.bench.roles[self.role].driver

    @property
    def emulator(self) -> str:
        """The emulator's name, as the bench file spells it."""
        return self.bench.roles[self.role].emulator


def simulated_benches(lab: Lab) -> list[Bench]:
    """The simulated benches of a lab; where it has one named `reference`, that one alone.

    `BenchError` for a bench file that cannot be read.
    """
    files = _files(lab)
    reference = [file for file in files if file.stem == REFERENCE]
    return [load_bench(file) for file in reference or files]


def places(lab: Lab) -> list[Place]:
    """Every role with an emulator of its own on `simulated_benches`, in their order."""
    return _on(simulated_benches(lab))


def every_place(lab: Lab) -> list[Place]:
    """Every role with an emulator of its own on any simulated bench, those of `reference` first.

    `BenchError` as `simulated_benches`.
    """
    return _on(load_bench(file) for file in _files(lab))


def _files(lab: Lab) -> list[Path]:
    """The simulated benches' files, `reference` first."""
    if "rigs" not in lab.packages:
        return []
    folder = package_path(lab.packages["rigs"]) / "benches" / "sim"
    return sorted(folder.glob("*.toml"), key=lambda file: (file.stem != REFERENCE, file.name))


def _on(benches: Iterable[Bench]) -> list[Place]:
    return [
        Place(bench, role)
        for bench in benches
        if bench.sim is not None and bench.sim.world
        for role, entry in bench.roles.items()
        if entry.port
    ]


def emulators(lab: Lab) -> list[str]:
    """Every emulator of a lab, named as its bench files name them; found from its folder."""
    if "sim_backends" not in lab.packages:
        return []
    package = lab.packages["sim_backends"]
    folder = package_path(package) / "emulators"
    prefix = "" if package == "sim_backends" else f"{package}.emulators."
    return sorted(f"{prefix}{name}" for name in _names(folder))


def _names(folder: Path) -> Iterator[str]:
    """`vendor.model` of every module below `folder` that says `EMULATOR = ...`."""
    for path in folder.rglob("*.py"):
        if says(path, MARK):
            yield ".".join(path.relative_to(folder).with_suffix("").parts)
