"""Bench files that come with labctl; also where a rig's own simulated bench is found."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from labctl.errors import BenchError


def simulated_bench(rig: str) -> Path:
    """The simulated bench of the rig named `rig`; `BenchError` where it has none."""
    path = _path(rig)
    if not path.is_file():
        raise BenchError(
            f"the rig {rig!r} has no simulated bench {path.name}",
            remedy="name a bench file by its path",
        )
    return path


def has_simulated_bench(rig: str) -> bool:
    """Whether the rig named `rig` has a simulated bench of its own."""
    return _path(rig).is_file()


def _path(rig: str) -> Path:
    return Path(str(resources.files("rigs.benches"))) / "sim" / f"{rig}.toml"
