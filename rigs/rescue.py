"""Making a bench safe from another process than the one that used it (the door `rescue`).

Everything is loaded when it is prepared: drivers, links, their libraries. Then each line is opened
with retries and brought to a known state, all at once; and each instrument is taken to its safe
state in the order of the rig, which a silent one does not hold up. Nothing is ever energised here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from drivers.links.doors import Doors
from drivers.links.preload import preload
from drivers.registry import load_driver
from labctl import clock
from labctl.errors import BenchError, LabError
from labctl.rehearsing import Certificate
from labctl.rescuing import (
    DEADLINE,
    PATIENCE,
    OnPowerReturn,
    RescueReport,
    RoleRescue,
    Tell,
)
from rigs.assembly import limits_of
from rigs.bench import Bench, load_bench, parse_bench
from rigs.certificates import readable
from rigs.dossier import DossierRig
from rigs.named import order_of, rig_named
from rigs.options import configured
from rigs.rescue_order import Order
from rigs.rescue_role import Attempts, Part, by_hand

PASSIVE = ("folder://", "process://")
"""Files are only read, and software under test is not started to be made safe."""


@dataclass(frozen=True)
class Prepared:
    """A bench that can be made safe (`labctl.rescuing.Rescue`)."""

    bench_name: str
    addresses: Mapping[str, str] = field(default_factory=dict[str, str])
    parts: Mapping[str, Part] = field(default_factory=dict[str, Part])
    problems: Mapping[str, LabError] = field(default_factory=dict[str, LabError])
    simulated: bool = False
    certificates: tuple[Certificate, ...] = ()
    on_power_return: OnPowerReturn = "hold"

    async def safe(
        self, deadline: float = DEADLINE, patience: float = PATIENCE, tell: Tell | None = None
    ) -> RescueReport:
        """Take every instrument to its safe state; failures stand in the report."""
        begun = clock.now()
        order = Order(self.parts, patience)
        watching = asyncio.create_task(order.keep())
        try:
            tries = [_told(Attempts(one, order, deadline), tell) for one in self.parts.values()]
            done = {one.role: one for one in await asyncio.gather(*tries)}
        finally:
            watching.cancel()
        lost = {role: self._lost(role) for role in self.problems}
        found = {**done, **lost}
        roles = [found[role] for role in self.addresses if role in found]
        return RescueReport(
            bench=self.bench_name,
            roles=tuple(roles),
            seconds=clock.now() - begun,
            simulated=self.simulated,
        )

    def _lost(self, role: str) -> RoleRescue:
        """What is told of a role that the bench file gives no way to."""
        return RoleRescue(
            role=role,
            address=self.addresses[role],
            state="failed",
            seconds=0.0,
            tries=0,
            error=by_hand(self.problems[role]),
        )


def prepare(bench: Path | None, rig: type[Any] | None = None, text: str = "") -> Prepared:
    """Prepare the rescue of the bench file `bench` (None: a rig's own simulated bench).

    `text` is the file as it stood, where it is not to be read again. Without `rig` its class is
    found by the name in the file; where there is none the order is that of the file.
    """
    if bench is None or (rig is not None and issubclass(rig, DossierRig)):
        return Prepared("" if rig is None else rig.name, simulated=True)
    found = parse_bench(bench, text) if text else load_bench(bench)
    if found.simulated:
        return Prepared(found.name, simulated=True)
    parts: dict[str, Part] = {}
    problems: dict[str, LabError] = {}
    roles = order_of(found, rig or rig_named(found.rig))
    for role in roles:
        if found.roles[role].address.startswith(PASSIVE):
            continue
        try:
            parts[role] = _part(found, role)
        except LabError as error:
            problems[role] = error
        except ImportError as error:
            problems[role] = found.wrong(("roles", role), f"cannot be loaded: {error}")
    addresses = {role: found.roles[role].address for role in roles}
    return Prepared(
        found.name,
        addresses,
        parts,
        problems,
        certificates=readable(found),
        on_power_return=found.on_power_return,
    )


def _part(bench: Bench, role: str) -> Part:
    entry = bench.roles[role]
    try:
        driver = configured(bench, role, load_driver(entry.driver))
    except BenchError as error:
        raise bench.wrong(("roles", role), error.message, error.remedy) from error
    doors = Doors(vendor_library=bench.visa.library)
    preload(entry.address, doors)
    return Part(role, entry.address, driver, limits_of(bench, role, driver), doors)


async def _told(attempts: Attempts, tell: Tell | None) -> RoleRescue:
    found = await attempts.run()
    if tell is not None:
        tell(found)
    return found
