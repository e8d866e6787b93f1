"""The sixty instrument classes: which role each instrument name of the indicator map asks for.

A class is a capability, named as a lab names the instrument; a role is what a procedure asks of
one instrument. A class of several natures has several roles, its own first: that of the module
with its name. The table stands in `classes.toml`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from labctl.errors import UsageError

TABLE = Path(__file__).with_name("classes.toml")

PROGRAMS = frozenset({
    "dataset_evaluator",
    "environment_runner",
    "fault_injector",
    "http_load_generator",
    "model_checker",
    "process_runner",
    "profiler_probe",
    "trace_replayer",
})
"""Names of the map that are programs around software under test: no instrument, so no role."""


@dataclass(frozen=True)
class Role:
    """The Protocol `protocol` in `drivers/roles/<module>.py`, one role of `instrument_class`.

    `names` are the instrument names of the indicator map that ask for it.
    """

    instrument_class: str
    module: str
    protocol: str
    names: tuple[str, ...]


@cache
def roles() -> tuple[Role, ...]:
    """Every role of every class; one that several classes share stands in each."""
    table: dict[str, dict[str, list[str]]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return tuple(
        _role(instrument_class, place, names)
        for instrument_class, rows in table.items()
        for place, names in rows.items()
    )


def _role(instrument_class: str, place: str, names: list[str]) -> Role:
    module, _, protocol = place.partition(".")
    return Role(instrument_class, module, protocol, tuple(names))


def classes() -> tuple[str, ...]:
    """Names of the sixty classes."""
    return tuple(dict.fromkeys(role.instrument_class for role in roles()))


def roles_of(instrument_class: str) -> tuple[Role, ...]:
    """The roles of a class, its own first; `UsageError` where there is no such class."""
    found = tuple(role for role in roles() if role.instrument_class == instrument_class)
    if not found:
        raise UsageError(
            f"there is no instrument class {instrument_class!r}",
            remedy=f"see {TABLE.name} in drivers/roles",
        )
    return found


def role_of(instrument: str) -> Role:
    """The role that an instrument name of the indicator map asks for; `UsageError` for none."""
    for role in roles():
        if instrument in role.names:
            return role
    if instrument in PROGRAMS:
        raise UsageError(
            f"{instrument!r} is a program around software under test, no instrument",
            remedy="start it through a process link",
        )
    raise UsageError(
        f"no instrument class covers {instrument!r}",
        remedy=f"give the name to a role in {TABLE.name} in drivers/roles",
    )
