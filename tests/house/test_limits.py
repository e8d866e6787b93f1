"""No procedure holds a limit or can reach one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pytest

from labctl.discovery import import_procedures
from labctl.labs import load_labs
from labctl.procedure import generic, registered
from tests.house.limits import Criterion, held, own_numbers, ways
from tests.house.tree import ROOT, Source, sources

# `path:number` -> why this literal is no limit although it equals one.
EXCUSED: dict[str, str] = {}


@lru_cache
def criteria() -> Mapping[str, tuple[str, list[Criterion]]]:
    """Indicator id -> (kind of evidence, criteria), straight from the map's files."""
    import yaml

    loaded: dict[str, tuple[str, list[Criterion]]] = {}
    for file in sorted((ROOT / "labctl/data/indicators").glob("*.yaml")):
        directions: Any = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
        for row in (row for direction in directions for row in direction["indicators"]):
            loaded[row["id"]] = (row["evidence"], row["criteria"])
    return loaded


@lru_cache
def bound() -> dict[str, set[str]]:
    """Path of a procedure module -> the indicators that it binds one by one."""
    for lab in load_labs():
        import_procedures(lab)
    found: dict[str, set[str]] = {}
    for id, spec in registered().items():
        found.setdefault(_path(spec.function.__module__), set()).add(id)
    return found


@lru_cache
def served() -> dict[str, set[str]]:
    """Path of a module under procedures/ -> the indicators whose procedures import it, by any
    path, or that a procedure in it serves by their kind of evidence."""
    reached = {path: set(ids) for path, ids in bound().items()}
    for kind, spec in generic().items():
        ids = {id for id, (evidence, _) in criteria().items() if evidence == kind}
        reached.setdefault(_path(spec.function.__module__), set()).update(ids)
    imports = {
        source.path: {_path(name) for _, name in source.imports()} for source in _procedures()
    }
    for _ in range(len(imports)):
        for path, targets in imports.items():
            for target in targets & set(imports):
                reached.setdefault(target, set()).update(reached.get(path, set()))
    return reached


def _path(module: str) -> str:
    return module.replace(".", "/") + ".py"


def _procedures() -> list[Source]:
    """The modules; the record of proficiency beside them is data that no procedure reads."""
    found = [source for source in sources() if source.path.startswith("procedures/")]
    return [source for source in found if source.path.endswith(".py")]


def _found(source: Source, ids: set[str], *, shared: bool) -> list[str]:
    numbers = own_numbers(row for id in ids for row in criteria()[id][1])
    return [
        f"{source.path}:{line}: {message}"
        for line, message in held(source, numbers, shared=shared)
        if f"{source.path}:{message.split()[1].rstrip(',')}" not in EXCUSED
    ]


def test_no_procedure_holds_a_limit() -> None:
    ours, all_served = bound(), served()
    assert ours, "no procedure found"
    broken = [
        finding
        for source in _procedures()
        for finding in (
            _found(source, ours[source.path], shared=False)
            if source.path in ours
            else _found(source, all_served.get(source.path, set()), shared=True)
        )
    ]
    assert not broken, "\n" + "\n".join(broken)


def test_no_procedure_reaches_for_a_limit() -> None:
    found = [
        f"{source.path}:{line}: {text}" for source in _procedures() for line, text in ways(source)
    ]
    assert not found, "\n" + "\n".join(found)


def test_shared_methods_are_among_what_is_looked_at() -> None:
    methods = [path for path, ids in served().items() if "/methods/" in path and "1.1-03" in ids]
    assert methods


TWENTY_PERCENT: list[Criterion] = [{"quantity": "efficiency", "op": ">=", "value": 20, "unit": "%"}]
SIX_KILO: list[Criterion] = [
    {"quantity": "power", "op": "between", "value": [6, 7.5], "unit": "kW"}
]
TWO: list[Criterion] = [{"quantity": "kinds", "op": ">=", "value": 2, "upto": 4, "unit": "kind"}]


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (TWENTY_PERCENT, "limit = 20"),
        (TWENTY_PERCENT, "ok = efficiency >= 0.2"),
        (TWENTY_PERCENT, "def f(left=80.0): pass"),
        (SIX_KILO, "x = 6000"),
        (SIX_KILO, "x = 7.5"),
        (TWO, "if kinds >= 2: pass"),
        (TWO, "x = 4"),
    ],
)
def test_a_limit_is_found(rows: list[Criterion], text: str) -> None:
    assert list(held(Source("procedures/a.py", text), own_numbers(rows), shared=False))


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (TWENTY_PERCENT, "x = 21"),
        (TWENTY_PERCENT, "x = '20'"),
        (TWO, "x = y**2"),
        (TWO, "if x > 0: pass"),
        (SIX_KILO, "x = 1e3"),
    ],
)
def test_another_number_is_left(rows: list[Criterion], text: str) -> None:
    assert not list(held(Source("procedures/a.py", text), own_numbers(rows), shared=False))


def test_a_shared_method_is_held_to_its_comparisons() -> None:
    numbers = own_numbers(TWENTY_PERCENT)
    assert list(held(Source("procedures/methods/a.py", "x > 0.2"), numbers, shared=True))
    assert not list(held(Source("procedures/methods/a.py", "x = 20"), numbers, shared=True))


@pytest.mark.parametrize("text", ["run.criteria", "a.criterion('x')", "run._engine", "x.truth"])
def test_a_way_to_a_limit_is_found(text: str) -> None:
    assert list(ways(Source("procedures/a.py", text)))


def test_own_private_state_is_no_way() -> None:
    assert not list(ways(Source("procedures/a.py", "self._x\nrun.monte_carlo\nx.__name__")))
