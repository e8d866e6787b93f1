"""A bench without its instruments: a rig to compute again with, from what was recorded."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import Any

from drivers.driver import Driver
from drivers.links.refusing import RefusingLink
from rigs.assembly import assemble, check_roles, driver_class, limits_of
from rigs.bench import Bench
from rigs.opened import Opened
from rigs.options import configured


def opened_offline(bench: Bench, rig: type[Any]) -> Opened:
    """The rig of class `rig` on `bench`, whose lines refuse everything; nothing is identified.

    `BenchError` names what is wrong in the file.
    """
    check_roles(bench, rig)
    drivers: dict[str, Driver] = {}
    for role, entry in bench.roles.items():
        found = configured(bench, role, driver_class(bench, role, rig))
        drivers[role] = found(RefusingLink(entry.address), limits_of(bench, role, found))
    return Opened(
        rig=assemble(bench, rig, drivers),
        instruments=(),
        sample=None,
        simulated=bench.simulated,
        bench_name=bench.name,
        bench_text=bench.text,
        contributions=bench.contributions(),
        ambient=bench.surroundings,
        distributions=bench.distributions(),
        lines=AsyncExitStack(),
    )
