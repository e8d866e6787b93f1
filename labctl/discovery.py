"""Finding procedures: the modules of the labs' procedure packages, imported when needed.

A procedures package holds `f<field>_<slug>/d<direction>_<slug>.py`, one module a direction, and
modules beside those folders that serve a kind of evidence (`dossier.py`). Its folder `analyses`
holds what `labctl analyse` offers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from labctl.errors import BenchError, Defect
from labctl.indicator import Indicator
from labctl.labs import OURS, Lab, load_labs
from labctl.procedure import Procedure, generic, registered

_FIELD = re.compile(r"f(\d\d)_\w+")
_DIRECTION = re.compile(r"d(\d\d)_\w+")

ANALYSES = "analyses"
"""The folder of a procedures package in which analyses of imported files lie."""


@dataclass(frozen=True)
class Bound:
    """A procedure and the lab whose benches it runs on."""

    procedure: Procedure
    lab: Lab


def procedure_for(indicator: Indicator, labs: tuple[Lab, ...] | None = None) -> Bound | None:
    """The procedure of an indicator, else that of its kind of evidence, else None.

    Imports only the modules that can hold it: of ours the module of the direction, of other
    labs all.
    """
    labs = installed_labs() if labs is None else labs
    for lab in labs:
        import_procedures(lab, indicator.direction if lab.name == OURS else "")
    spec = registered().get(indicator.id) or generic().get(indicator.evidence)
    return None if spec is None else Bound(spec, _owner(spec, labs))


def procedure_names(labs: tuple[Lab, ...] | None = None) -> tuple[dict[str, str], dict[str, str]]:
    """Dotted names of all procedures, by indicator id and by kind of evidence."""
    for lab in installed_labs() if labs is None else labs:
        import_procedures(lab)
    by_id = {id: spec.name for id, spec in registered().items()}
    return by_id, {kind: spec.name for kind, spec in generic().items()}


def import_procedures(lab: Lab, direction: str = "") -> None:
    """Import the lab's procedure modules, of `direction` ("5.2") or all; `BenchError` where one
    cannot be imported."""
    package = lab.packages.get("procedures")
    if package is not None:
        _import_all(package, direction)


def import_analyses(lab: Lab) -> None:
    """Import the modules in the folder `analyses` of the lab's procedures package, if it has one;
    `BenchError` where one cannot be imported."""
    package = lab.packages.get("procedures")
    if package is None or (ANALYSES, True) not in _children(package):
        return
    for name, _ in _children(f"{package}.{ANALYSES}"):
        _import(f"{package}.{ANALYSES}.{name}")


@cache
def installed_labs() -> tuple[Lab, ...]:
    """As `load_labs()`, which is asked once a process."""
    return load_labs()


@cache
def _import_all(package: str, direction: str) -> None:
    for name in procedure_modules(package, direction):
        _import(name)


def procedure_modules(package: str, direction: str = "") -> Iterator[str]:
    """Dotted names of the procedure modules in `package`, of `direction` or all, with those that
    serve a kind of evidence."""
    for name, is_folder in _children(package):
        field = _FIELD.fullmatch(name)
        if not is_folder:
            yield f"{package}.{name}"
        elif field is not None:
            for module, _ in _children(f"{package}.{name}"):
                number = _DIRECTION.fullmatch(module)
                if number is not None and _is_in(direction, field[1], number[1]):
                    yield f"{package}.{name}.{module}"


def _is_in(direction: str, field: str, number: str) -> bool:
    return not direction or direction == f"{int(field)}.{int(number)}"


def _children(package: str) -> list[tuple[str, bool]]:
    """(name, whether it is a package) of the modules in `package`, sorted."""
    found = iter_modules(_import(package).__path__)
    return sorted((module.name, module.ispkg) for module in found)


def _import(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError as error:
        raise BenchError(
            f"the procedures in {name} cannot be imported: {error}",
            remedy="install what the module needs, or repair it",
        ) from error


def _owner(spec: Procedure, labs: tuple[Lab, ...]) -> Lab:
    for lab in labs:
        package = lab.packages.get("procedures")
        if package is not None and spec.function.__module__.startswith(f"{package}."):
            return lab
    raise Defect(f"{spec.name} belongs to no lab's procedures package")
