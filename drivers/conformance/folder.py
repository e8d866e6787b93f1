"""A package of drivers, as it lies on disk: its modules, its golden files, its quality table."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from drivers.registry import DriverClass, load_driver
from labctl.errors import BenchError

OURS = "drivers"
PARTS = frozenset({"links", "roles", "codecs", "conformance"})
"""Folders of a drivers package that hold no drivers."""

MIXED = frozenset({"generic", "imported"})
"""Folders of standard command sets and file formats, in which a module need not be a driver."""

MARK = "DRIVER"
GOLDEN = ("golden", "tests/golden")
"""Where golden files lie: in the lab's package, or in the source tree around it."""


@dataclass(frozen=True)
class Folder:
    """The drivers package `package` in the folder `path`; `golden` holds its golden files."""

    package: str
    path: Path
    golden: Path

    def names(self) -> list[str]:
        """`vendor.model` of every module of a vendor's folder; in mixed folders, if it says DRIVER.

        Modules that begin with an underscore are parts of others.
        """
        files = [file for file in self.path.glob("*/*.py") if not file.stem.startswith("_")]
        return sorted(
            f"{file.parent.name}.{file.stem}"
            for file in files
            if file.parent.name not in PARTS and (file.parent.name not in MIXED or says(file, MARK))
        )

    def subjects(self) -> list[Subject]:
        """Every driver of the package, by name."""
        return [Subject(self, name) for name in self.names()]

    def module(self, name: str) -> str:
        """The dotted module of `vendor.model`."""
        return f"{self.package}.{name}"

    def full(self, name: str) -> str:
        """What a bench file calls `vendor.model` of this package."""
        return name if self.package == OURS else self.module(name)

    def short(self, full: str) -> str:
        """`vendor.model` of what a bench file names; "" where it is no driver of this package."""
        if self.package == OURS:
            return full if full.count(".") == 1 else ""
        return full.removeprefix(f"{self.package}.") if full.startswith(self.package) else ""


@dataclass(frozen=True)
class Subject:
    """One driver of a folder, `vendor.model`, that the rules are put to."""

    folder: Folder
    name: str

    @property
    def kind(self) -> DriverClass:
        """Its class, as a bench gets it; `BenchError` where its module offers none."""
        return load_driver(self.folder.full(self.name))


def folder_of(package: str) -> Folder:
    """The drivers package named `package`; `BenchError` where there is no such package."""
    path = package_path(package)
    around = (path.parent, path.parent.parent)
    places = [base / name for base in around for name in GOLDEN]
    golden = next((place for place in places if place.is_dir()), path.parent / GOLDEN[0])
    return Folder(package, path, golden)


def package_path(package: str) -> Path:
    """The folder of a dotted package; `BenchError` where it cannot be found."""
    try:
        spec = find_spec(package)
    except ModuleNotFoundError:
        spec = None
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    if not places:
        raise BenchError(
            f"there is no package {package!r}",
            remedy="install the lab's distribution, or correct `packages` of its Lab",
        )
    return Path(places[0])


def says(file: Path, name: str) -> bool:
    """Whether the Python file assigns `name` at its top level; it is read, not imported.

    One that is no Python may well: whoever imports it then is told what is wrong.
    """
    text = file.read_text(encoding="utf-8")
    try:
        body = ast.parse(text).body if name in text else []
    except SyntaxError:
        return True
    return any(
        isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
        for node in body
    )
