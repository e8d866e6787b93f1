"""From drivers by role to a rig: the rig class' fields say which roles it needs."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping
from typing import Any

from drivers.driver import Driver
from drivers.registry import DriverClass, load_driver
from labctl.errors import BenchError, UnitError
from rigs.bench import Bench, RoleEntry
from rigs.photovoltaic import ReferenceCell

CELL = "reference_cell"


def check_roles(bench: Bench, rig: type[Any]) -> None:
    """`BenchError` where `bench` is for another rig, lacks a role, or has one too many."""
    if bench.rig != rig.name:
        raise bench.wrong(
            ("rig",),
            f"this bench is for the rig {bench.rig!r}, the procedure needs {rig.name!r}",
            "name another bench file with --bench",
        )
    wanted = roles_of(rig)
    for role in wanted:
        if role not in bench.roles:
            raise bench.wrong(("roles",), f"the role {role} is missing", f"write [roles.{role}]")
    for role in bench.roles:
        if role not in wanted:
            raise bench.wrong(
                ("roles", role),
                f"the rig {rig.name!r} has no such role",
                "its roles are " + ", ".join(wanted),
            )


def driver_class(bench: Bench, role: str, rig: type[Any]) -> DriverClass:
    """The driver of `role`; `BenchError` where there is none or it cannot fill the role."""
    key = ("roles", role, "driver")
    name = bench.roles[role].driver
    try:
        found = load_driver(name)
    except BenchError as error:
        raise bench.wrong(key, error.message, error.remedy) from error
    protocol = roles_of(rig)[role]
    lacking = sorted(_members(protocol) - set(dir(found)))
    if lacking:
        raise bench.wrong(
            key,
            f"{name} cannot be a {protocol.__name__}: it has no {', '.join(lacking)}",
            "name a driver that fills this role",
        )
    return found


def limits_of(bench: Bench, role: str, driver: DriverClass) -> dict[str, float]:
    """The bench's limits of `role` in the driver's units; `BenchError` for one it cannot keep."""
    entry: RoleEntry = bench.roles[role]
    limits: dict[str, float] = {}
    for name, limit in entry.limits.items():
        key = ("roles", role, "limits", name)
        if name not in driver.limit_units:
            known = ", ".join(driver.limit_units) or "none"
            raise bench.wrong(key, f"{entry.driver} keeps no such limit", f"it keeps: {known}")
        try:
            limits[name] = limit.quantity().to(driver.limit_units[name]).value
        except UnitError as error:
            raise bench.wrong(key, error.message, error.remedy) from error
    return limits


def assemble(bench: Bench, rig: type[Any], drivers: Mapping[str, Driver]) -> Any:
    """The rig of class `rig`; `BenchError` where the bench states no reference cell it needs."""
    parts: dict[str, Any] = dict(drivers)
    if CELL in {field.name for field in dataclasses.fields(rig)}:
        parts[CELL] = _reference_cell(bench)
    return rig(**parts)


def roles_of(rig: type[Any]) -> dict[str, type[Any]]:
    """Role name -> the Protocol that its driver must fit, from the rig class' fields."""
    hints = typing.get_type_hints(rig)
    fields = [field.name for field in dataclasses.fields(rig)]
    return {name: hints[name] for name in fields if Driver in hints[name].__mro__}


def _members(protocol: type[Any]) -> set[str]:
    return {
        name
        for part in protocol.__mro__
        if Driver in part.__mro__
        for name in vars(part)
        if not name.startswith("_")
    }


def _reference_cell(bench: Bench) -> ReferenceCell:
    entry = bench.reference_cell
    if entry is None:
        raise bench.wrong(
            (CELL,), "is missing", "write [reference_cell] with serial, certificate, responsivity"
        )
    key = (CELL, "responsivity")
    try:
        responsivity = entry.responsivity.quantity().to("V*m**2/W")
    except UnitError as error:
        raise bench.wrong(key, error.message, "expected a voltage per irradiance") from error
    if responsivity.value <= 0 or responsivity.u <= 0:
        raise bench.wrong(key, "expected a positive value with a positive u")
    return ReferenceCell(entry.serial, responsivity, entry.certificate)
