"""Rig classes by the name that their benches state, and the order in which a rig is made safe."""

from __future__ import annotations

import dataclasses
import inspect
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from labctl.discovery import installed_labs
from rigs.bench import Bench


def rig_named(name: str) -> type[Any] | None:
    """The rig class `name`, a dataclass in `<rigs>/<name>.py` of a lab; None where none has it."""
    for lab in installed_labs():
        package = lab.packages.get("rigs")
        module = f"{package}.{name}"
        if package is None or not name.isidentifier() or find_spec(module) is None:
            continue
        for _, one in inspect.getmembers(import_module(module), inspect.isclass):
            if dataclasses.is_dataclass(one) and _name(one) == name:
                return one
    return None


def order_of(bench: Bench, rig: type[Any] | None) -> tuple[str, ...]:
    """The roles of `bench` as `rig` makes them safe; without a rig those of the file in order."""
    if rig is None:
        return tuple(bench.roles)
    places = {field.name: field.name for field in dataclasses.fields(rig) if _is_place(field)}
    declared = tuple(role for role in rig(**places).roles() if role in bench.roles)
    return (*declared, *(role for role in bench.roles if role not in declared))


def _name(rig: type[Any]) -> object:
    """The name that a rig class gives itself; "" for a dataclass that is no rig."""
    return next((one.default for one in dataclasses.fields(rig) if one.name == "name"), "")


def _is_place(field: dataclasses.Field[Any]) -> bool:
    """Whether something has to stand in `field`: a driver, or a thing of the bench."""
    missing = dataclasses.MISSING
    return field.default is missing and field.default_factory is missing
