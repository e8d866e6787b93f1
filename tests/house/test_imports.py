"""No import path leads from a procedure to the simulation, on paper and when imported."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable

from tests.house.tree import ROOT, Source, in_packages, sources

IMPORT_ALL = """
import sys
from labctl.discovery import import_procedures
from labctl.labs import Lab
from labctl.procedure import registered
lab = Lab("labctl", 1, {"procedures": "procedures"}, open_bench=None)
import_procedures(lab)
assert registered(), "no procedure was imported"
print("\\n".join(sys.modules))
"""


def module(path: str) -> str:
    """Dotted name of a source file."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def graph(files: Iterable[Source]) -> dict[str, set[str]]:
    """Module -> modules of ours that it imports anywhere, with the packages around those."""
    own = {module(source.path): source for source in files if in_packages(source.path)}
    edges: dict[str, set[str]] = {}
    for name, source in own.items():
        found = {target for _, target in source.imports() if target in own}
        parents = {target[:at] for target in found for at in _dots(target)}
        edges[name] = found | (parents & set(own))
    return edges


def _dots(name: str) -> list[int]:
    return [at for at, letter in enumerate(name) if letter == "."]


def path_to(edges: dict[str, set[str]], start: str, package: str) -> list[str]:
    """A chain of imports from `start` into `package`; empty where there is none."""
    came: dict[str, str] = {start: ""}
    todo = [start]
    while todo:
        here = todo.pop(0)
        if here.split(".")[0] == package:
            return _chain(came, here)
        for target in sorted(edges.get(here, set()) - set(came)):
            came[target] = here
            todo.append(target)
    return []


def _chain(came: dict[str, str], end: str) -> list[str]:
    chain = [end]
    while came[chain[0]]:
        chain.insert(0, came[chain[0]])
    return chain


def test_no_import_path_from_a_procedure_reaches_the_simulation() -> None:
    edges = graph(sources())
    starts = [name for name in edges if name.split(".")[0] == "procedures"]
    assert len(starts) > 5
    chains = [path_to(edges, start, "sim_backends") for start in starts]
    assert not [" -> ".join(chain) for chain in chains if chain]


def test_the_opener_reaches_the_simulation() -> None:
    """The graph sees the one path that there is: else the test above would see nothing."""
    assert path_to(graph(sources()), "rigs.opening", "sim_backends")


def test_a_path_is_found_through_functions_and_packages() -> None:
    files = [
        Source("procedures/a.py", "def f():\n    from rigs.b import g"),
        Source("rigs/__init__.py", "import sim_backends.c"),
        Source("rigs/b.py", ""),
        Source("sim_backends/c.py", ""),
    ]
    chain = path_to(graph(files), "procedures.a", "sim_backends")
    assert chain == ["procedures.a", "rigs", "sim_backends.c"]


def test_importing_every_procedure_imports_no_simulation() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert "procedures" in loaded
    assert not loaded & {"sim_backends", "pyvisa", "serial", "pymodbus"}
