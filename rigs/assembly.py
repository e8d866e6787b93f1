"""From drivers by role to a rig: the rig class' fields say which roles it needs."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping
from typing import Any

from drivers.driver import Driver
from drivers.registry import DriverClass, load_driver
from labctl.errors import BenchError, UnitError
from labctl.quantity import Quantity
from labctl.rehearsing import DC_TRANSDUCER
from rigs.battery import Shunt
from rigs.bench import Bench, RoleEntry
from rigs.bench_entries import QuantityEntry
from rigs.current_transformer import TRANSDUCERS, CurrentTransformer
from rigs.photovoltaic import ReferenceCell

CELLS, SHUNT = ("reference_cell", "bottom_cell"), "shunt"


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
    """The rig of class `rig`; `BenchError` where the bench states no reference cell, shunt or
    transducer that it needs."""
    parts: dict[str, Any] = dict(drivers)
    needed = {field.name for field in dataclasses.fields(rig)}
    for name in needed.intersection(CELLS):
        parts[name] = _reference_cell(bench, name)
    if SHUNT in needed:
        parts[SHUNT] = _shunt(bench)
    for name in needed.intersection(TRANSDUCERS):
        parts[name] = _transformer(bench, name)
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


def _reference_cell(bench: Bench, name: str) -> ReferenceCell:
    entry = bench.bottom_cell if name == "bottom_cell" else bench.reference_cell
    if entry is None:
        raise bench.wrong(
            (name,), "is missing", f"write [{name}] with serial, certificate, responsivity"
        )
    key = (name, "responsivity")
    value = _positive(bench, key, entry.responsivity, "V*m**2/W", "a voltage per irradiance")
    return ReferenceCell(entry.serial, value, entry.certificate)


def _shunt(bench: Bench) -> Shunt:
    entry = bench.shunt
    if entry is None:
        raise bench.wrong(
            (SHUNT,), "is missing", "write [shunt] with serial, certificate, resistance"
        )
    value = _positive(bench, (SHUNT, "resistance"), entry.resistance, "ohm", "a resistance")
    return Shunt(entry.serial, value, entry.certificate)


def _transformer(bench: Bench, name: str) -> CurrentTransformer:
    entry = bench.dc_transducer if name == DC_TRANSDUCER else bench.current_transformer
    if entry is None:
        raise bench.wrong((name,), "is missing", f"write [{name}] with serial, certificate, ratio")
    ratio = _above_zero(bench, (name, "ratio"), entry.ratio.quantity())
    return CurrentTransformer(entry.serial, ratio, entry.certificate)


def _positive(
    bench: Bench, key: tuple[str, ...], entry: QuantityEntry, unit: str, what: str
) -> Quantity:
    """The value of `entry` in `unit`, which is `what`, above 0 as its uncertainty is."""
    try:
        found = entry.quantity().to(unit)
    except UnitError as error:
        raise bench.wrong(key, error.message, f"expected {what}") from error
    return _above_zero(bench, key, found)


def _above_zero(bench: Bench, key: tuple[str, ...], found: Quantity) -> Quantity:
    """`found`, where it and its uncertainty are above 0."""
    if found.value <= 0 or found.u <= 0:
        raise bench.wrong(key, "expected a positive value with a positive u")
    return found
