"""The source of procedures and their methods, kept beside the runs by hash.

A run notes by hash which files computed its figures. They are kept once for all runs, in the folder
`code` among them, so that a bundle can hold them after the installed code has gone on.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from labctl.bundle.files import sha256_of
from labctl.errors import JournalError, UsageError

if TYPE_CHECKING:
    from labctl.discovery import Bound
    from labctl.journal.writer import Journal

FOLDER = "code"
"""Folder among the runs; each file in it is named by its SHA-256."""

FACT = "code"
"""Fact of an item: the SHA-256 of the index of its sources."""


def noted(bound: Bound | None, id: str, number: int, journal: Journal, runs: Path) -> Bound:
    """`bound`, the procedure of the item `number`, `id`, with its source kept beside the `runs`.

    `UsageError` where there is no procedure.
    """
    if bound is None:
        remedy = "labctl indicators lists those that have one"
        raise UsageError(f"{id} has no procedure", remedy=remedy)
    package = bound.lab.packages.get("procedures")
    if package is not None:
        module = bound.procedure.function.__module__
        journal.fact(number, FACT, keep(module, package, runs))
    return bound


def keep(module: str, package: str, runs: Path) -> str:
    """Keep the source of `module` and of all it imports from `package`; SHA-256 of their index.

    The index is a JSON object of module names and SHA-256 of their files. `JournalError` where
    they cannot be written.
    """
    files = {name: Path(path).read_bytes() for name, path in _closure(module, package)}
    index = msgspec.json.encode({n: sha256_of(data) for n, data in files.items()}, order="sorted")
    try:
        for data in (*files.values(), index):
            _store(runs / FOLDER, data)
    except OSError as error:
        raise JournalError(
            f"the source of the procedure cannot be kept: {error}",
            address=str(runs / FOLDER),
            remedy="see whether the disk is full or read-only",
        ) from error
    return sha256_of(index)


def kept(runs: Path, index: str) -> Mapping[str, bytes]:
    """The sources of the index by module name; those that are gone or changed are left out."""
    text = _stored(runs / FOLDER, index)
    if text is None:
        return {}
    names = msgspec.json.decode(text, type=dict[str, str])
    found = {name: _stored(runs / FOLDER, sha256) for name, sha256 in names.items()}
    return {name: data for name, data in found.items() if data is not None}


def _store(folder: Path, data: bytes) -> None:
    path = folder / sha256_of(data)
    if path.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(data)
    os.replace(part, path)


def _stored(folder: Path, sha256: str) -> bytes | None:
    path = folder / sha256
    data = path.read_bytes() if path.is_file() else b""
    return data if sha256_of(data) == sha256 else None


@cache
def _closure(module: str, package: str) -> tuple[tuple[str, str], ...]:
    """(name, path) of `module` and of the modules of `package` that it imports, by name."""
    todo, found = [module], dict[str, str]()
    while todo:
        name = todo.pop()
        path = None if name in found else _path(name)
        if path is not None:
            found[name] = path
            tree = ast.parse(Path(path).read_text(encoding="utf-8"))
            todo += [one for one in _imported(tree) if _inside(one, package)]
    return tuple(sorted(found.items()))


def _path(name: str) -> str | None:
    """The source file of the module `name`; None where that is no module but a name in one."""
    try:
        spec = find_spec(name)
    except ModuleNotFoundError:
        return None
    origin = None if spec is None else spec.origin
    return origin if origin and origin.endswith(".py") else None


def _imported(tree: ast.AST) -> Iterator[str]:
    """Names of what is imported anywhere in it, that may be modules."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _inside(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")
