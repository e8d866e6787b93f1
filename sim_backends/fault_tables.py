"""Faults out of plain data, as a bench file has them: `[[sim.faults]]`.

[[sim.faults]]
role = "gas_sensor"
kind = "delay"      # silence delay garble truncate disconnect reboot replace stuck
                    # saturate drift hold
at = 3              # the transaction with which it begins, or
after = 60.0        # the run time in s
times = 2           # transactions, or
lasting = 120.0     # seconds
seconds = 1.5       # what the kind takes: seconds, mask, keep, old, new, low, high, rate
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from typing import Any, get_type_hints

from labctl.errors import BenchError
from sim_backends.faults import (
    Delay,
    Disconnect,
    Drift,
    Fault,
    Garble,
    Hold,
    Reboot,
    Replace,
    Saturate,
    Silence,
    Stuck,
    Truncate,
)

KINDS: dict[str, type[Fault]] = {
    "silence": Silence,
    "delay": Delay,
    "garble": Garble,
    "truncate": Truncate,
    "disconnect": Disconnect,
    "reboot": Reboot,
    "replace": Replace,
    "stuck": Stuck,
    "saturate": Saturate,
    "drift": Drift,
    "hold": Hold,
}
"""Every kind of fault by its name in a bench file."""

_HIDDEN = "seen"


def fault(table: Mapping[str, Any]) -> tuple[str, Fault]:
    """(role, fault) of one table; `BenchError` says which key is wrong and what was expected."""
    given = dict(table)
    role, kind = given.pop("role", None), given.pop("kind", None)
    if not isinstance(role, str) or not role:
        raise BenchError("a fault names no role", remedy='write role = "..."')
    if kind not in KINDS:
        raise BenchError(f"no kind of fault: {kind!r}", remedy="one of " + ", ".join(KINDS))
    known = {each.name: each for each in fields(KINDS[kind]) if each.name != _HIDDEN}
    hints = get_type_hints(KINDS[kind])
    for name in given:
        if name not in known:
            raise BenchError(f"{kind} has no {name!r}", remedy="it takes " + ", ".join(known))
    for name, each in known.items():
        if name not in given and each.default is MISSING:
            raise BenchError(f"{kind} needs {name}", remedy=f"write {name} = ...")
    return role, KINDS[kind](**{
        name: _value(kind, name, hints[name], v) for name, v in given.items()
    })


def faults(tables: Iterable[Mapping[str, Any]]) -> dict[str, list[Fault]]:
    """The faults of all tables by role, as `SimBench` takes them."""
    found: dict[str, list[Fault]] = {}
    for table in tables:
        role, one = fault(table)
        found.setdefault(role, []).append(one)
    return found


def _value(kind: str, name: str, hint: Any, value: Any) -> Any:
    if hint is bytes and isinstance(value, str):
        return value.encode("latin-1")
    if hint in (float, float | None) and isinstance(value, int | float):
        number = float(value)
        if name in ("after", "lasting", "seconds") and not 0.0 <= number < float("inf"):
            raise BenchError(f"{kind}: {name} = {value} s cannot be", remedy="0 s or more")
        return number
    if hint in (int, int | None) and isinstance(value, int) and not isinstance(value, bool):
        if value < 0 or (name in ("at", "times") and value < 1):
            raise BenchError(f"{kind}: {name} = {value} cannot be", remedy="counted from 1")
        return value
    raise BenchError(f"{kind}: {name} = {value!r} is no value", remedy=f"expected {hint}")
