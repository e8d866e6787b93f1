"""The code that a proficiency test was run with: its modules by kind, and a hash of each kind.

The modules are those that are loaded once a device has been measured in a fresh process: the
procedure's own, the drivers, the emulators and the models of that bench; and of its package the
methods that it needs, for its neighbours load others.
Hashes do not depend on line ends, nor on what else is installed.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from labctl.discovery import installed_labs
from labctl.labs import Lab
from labctl.proficiency.imports import needed
from labctl.provenance import module_sha256, text_sha256

EMULATORS = ("emulators", "plugs")
"""Folders of a simulation that speak as instruments do; the others are models and worlds."""


class Code(msgspec.Struct, frozen=True):
    """Dotted names of the modules by kind: `method`, `drivers`, `emulators`, `models`.

    `procedure` is the procedure's own module, `bench` its simulated bench: the package and the
    file in it, `rigs:benches/sim/photovoltaic.toml`, or "".
    """

    procedure: str
    method: tuple[str, ...] = ()
    drivers: tuple[str, ...] = ()
    emulators: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    bench: str = ""

    def hashes(self) -> dict[str, str]:
        """SHA-256 of each kind, over the names and contents of its modules as they are now."""
        return {
            "procedure": module_sha256(self.procedure),
            "method": _together(self.method),
            "drivers": _together(self.drivers),
            "emulators": _together(self.emulators),
            "models": _together(self.models),
            "bench": _bench_sha256(self.bench),
        }


def digest(hashes: Mapping[str, str]) -> str:
    """One hash of all kinds."""
    text = "\n".join(f"{kind} {hashes[kind]}" for kind in sorted(hashes))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def loaded(procedure: str, function: str, bench: str, labs: Iterable[Lab] | None = None) -> Code:
    """The modules of `labs` (all installed ones) that this process has loaded.

    `procedure` is the module of the procedure, which is its `function`; `bench` the SHA-256 of the
    bench's text.
    """
    known = tuple(installed_labs() if labs is None else labs)
    kinds: dict[str, list[str]] = {"method": [], "drivers": [], "emulators": [], "models": []}
    for name in sorted(sys.modules):
        kind = _kind(name, known)
        if kind in kinds and name != procedure:
            kinds[kind].append(name)
    kinds["method"] = sorted(needed(procedure, function, kinds["method"]))
    return Code(procedure, *map(tuple, kinds.values()), bench=_bench(bench, known))


def _kind(module: str, labs: Iterable[Lab]) -> str:
    """Which kind of a lab's code `module` is; "" for anything else."""
    for lab in labs:
        for kind, package in lab.packages.items():
            if module == package or module.startswith(f"{package}."):
                return _named(kind, module[len(package) + 1 :])
    return ""


def _named(kind: str, inside: str) -> str:
    if kind == "sim_backends":
        return "emulators" if inside.partition(".")[0] in EMULATORS else "models"
    return {"procedures": "method"}.get(kind, kind)


def _together(modules: Iterable[str]) -> str:
    rows = "".join(f"{name} {module_sha256(name)}\n" for name in sorted(modules))
    return hashlib.sha256(rows.encode("utf-8")).hexdigest()


def _bench(sha256: str, labs: Iterable[Lab]) -> str:
    """Where the bench file of that hash lies among the labs' rigs; "" where none does."""
    for package in (lab.packages["rigs"] for lab in labs if "rigs" in lab.packages):
        folder = _folder(package)
        for path in sorted(folder.rglob("*.toml")) if folder else ():
            if _text_sha256(path) == sha256:
                return f"{package}:{path.relative_to(folder).as_posix()}" if folder else ""
    return ""


def _bench_sha256(bench: str) -> str:
    package, _, name = bench.partition(":")
    folder = _folder(package) if bench else None
    return _text_sha256(folder / name) if folder and (folder / name).is_file() else ""


def _text_sha256(path: Path) -> str:
    return text_sha256(path.read_bytes())


def _folder(package: str) -> Path | None:
    from importlib.util import find_spec

    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    return Path(folders[0]) if folders else None
