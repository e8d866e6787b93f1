"""A bench is simulated as a whole or real as a whole, and complete as such."""

from __future__ import annotations

from collections.abc import Mapping

from rigs.bench_entries import REPLAY, RoleEntry, SimEntry
from rigs.benchfile import BenchFile

SIM_PROGRAM = "sim:program"
"""The door of a program that a process link starts."""

SIM_DOORS = (
    *("sim:visa", "sim:serial", "sim:modbus-rtu", "sim:modbus-tcp", "sim:ble", "sim:mqtt"),
    "sim:files",
    SIM_PROGRAM,
)
"""Doors of the libraries behind which an emulator stands, the folder into which it writes, and a
program's standard input and output."""


def check_kind(file: BenchFile, roles: Mapping[str, RoleEntry], sim: SimEntry | None) -> None:
    """`BenchError` for a role that does not belong on a bench of this kind."""
    for name, role in roles.items():
        key = ("roles", name)
        if sim is None:
            _check_real(file, key, role)
        else:
            _check_simulated(file, key, role, sim)
    for index, table in enumerate(sim.faults if sim is not None else []):
        _check_role_of_fault(file, ("sim", "faults", str(index)), table.get("role"), roles)


def _check_real(file: BenchFile, key: tuple[str, ...], role: RoleEntry) -> None:
    if role.address.startswith("sim:"):
        file.wrong(
            (*key, "address"),
            f"{role.address!r} on a real bench",
            "a simulated bench has a table [sim] with its world",
        )
    for part, text in (("emulator", role.emulator), ("port", role.port), ("trace", role.trace)):
        if text:
            file.wrong((*key, part), "is for simulated benches only")


def _check_simulated(file: BenchFile, key: tuple[str, ...], role: RoleEntry, sim: SimEntry) -> None:
    if role.address not in SIM_DOORS:
        file.wrong(
            (*key, "address"),
            f"{role.address!r} on a simulated bench",
            "expected one of " + ", ".join(SIM_DOORS) + "; a real bench has no [sim]",
        )
    if not role.emulator:
        file.wrong((*key, "emulator"), "is missing", "every simulated role has one")
    needed, other = ("trace", "port") if role.emulator == REPLAY else ("port", "trace")
    given = {"port": role.port, "trace": role.trace}
    if not given[needed]:
        file.wrong((*key, needed), "is missing", f"the emulator {role.emulator} needs it")
    if given[other]:
        file.wrong((*key, other), f"is not for the emulator {role.emulator}")
    if role.emulator != REPLAY and not sim.world:
        file.wrong(("sim", "world"), "is missing", f"{key[-1]} stands in a world")


def _check_role_of_fault(
    file: BenchFile, key: tuple[str, ...], role: object, roles: Mapping[str, RoleEntry]
) -> None:
    if role not in roles:
        file.wrong((*key, "role"), f"no role {role!r}", "one of " + ", ".join(roles))
