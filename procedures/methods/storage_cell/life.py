"""Cycles until a cell's end of life: acquisition.

The cell is cycled at the set depth in parts, each as long as the last fade says that it takes to
lose a set share of what may be lost. After each part one full cycle at the same rates tells the
capacity. Cycling goes on until two such checks in a row lie below the end of life.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import numpy as np

from drivers.roles.battery_cycler import ConstantCurrent, Loop, Rest
from labctl import clock
from labctl.evidence import Reading
from labctl.run import Run
from procedures.analysis.end_of_life import is_over
from procedures.methods.storage_cell import climate
from procedures.methods.storage_cell.cell import REST, Cell
from procedures.methods.storage_cell.driving import (
    Plan,
    Seen,
    charge_of,
    is_done,
    recorded,
    seen_of,
    start,
)
from procedures.methods.trace import Trace, trace
from rigs.storage_cell import StorageCellRig

MOST = 20_000
"""Cycles after which a cell is left alive."""

FIRST = 50
"""Cycles of the first part, of which nothing is known yet."""

SHORTEST, LONGEST = 20, 600
"""Cycles of a part."""

CHECKS = 20
"""Parts in which a cell loses what it may lose, at the pace of the last one."""

POINTS = 24
"""Points of the log of a discharge in a check."""

LOOKS = (0.5, 0.99)
"""Shares of a part's expected time at which it is looked at."""

NEAR = 1.5
"""Cycles between two looks after those: a cell that waits grows older."""


@dataclass(frozen=True)
class Terms:
    """What a life is run at: `charge` and `discharge` in multiples of the rated capacity per hour,
    `depth` of discharge 0..1, `left` 0..1 of the first capacity at the end of life."""

    charge: float
    discharge: float
    depth: float
    left: float


class Check(msgspec.Struct, frozen=True):
    """A full cycle `seen` after `count` cycles, itself the last of them; before it, since the last
    check, cycles with discharges of `seconds` in air of `celsius`."""

    count: int
    seconds: float
    celsius: Trace
    seen: Seen


class Lived(msgspec.Struct, frozen=True):
    """All checks of a life, and whether the end of life was passed."""

    checks: list[Check]
    over: bool


def shown(check: Check) -> float:
    """Capacity in C as the cycler shows it."""
    return charge_of(check.seen)


def retentions(checks: list[Check]) -> np.ndarray:
    """Capacities over the first one, shape (n,)."""
    each = np.array([shown(one) for one in checks])
    return each / each[0]


def part_length(checks: list[Check], left: float) -> int:
    """Cycles of the next part, by the fade through the last one."""
    if len(checks) < 2:
        return FIRST
    kept = retentions(checks)
    lost = (kept[-2] - kept[-1]) / (checks[-1].count - checks[-2].count)
    wanted = (1.0 - left) / CHECKS / lost if lost > 0.0 else LONGEST
    return int(min(max(wanted, SHORTEST), LONGEST, 2 * checks[-1].count))


def next_seconds(checks: list[Check], terms: Terms, current: float, cycles: int) -> float:
    """Seconds of a discharge with `current` in A to the set depth of the capacity that the cell
    will have in the middle of the next `cycles`."""
    last = shown(checks[-1])
    if len(checks) < 2:
        return terms.depth * last / current
    slope = (last - shown(checks[-2])) / (checks[-1].count - checks[-2].count)
    return terms.depth * (last + min(slope, 0.0) * cycles / 2.0) / current


async def live(run: Run, rig: StorageCellRig, cell: Cell, terms: Terms) -> Lived:
    """A life at 25 degC by `terms`, until its end or `MOST` cycles."""
    await climate.hold(run, rig, "life")
    checks: list[Check] = []
    over = False
    while not over and (not checks or checks[-1].count < MOST):
        name = f"part-{len(checks)}"
        cycles = part_length(checks, terms.left) if checks else 0

        async def part(name: str = name, cycles: int = cycles) -> Check:
            return await _part(run, rig, cell, name, terms, checks, cycles)

        async with run.scope(f"life/{name}", lambda: climate.restore(rig)):
            checks.append(await run.step("cycles", part, Check))
        kept = retentions(checks)
        over = is_over(kept, terms.left)
        run.progress(_done(float(kept[-1]), terms.left), f"{checks[-1].count} cycles")
    return Lived(checks, over)


def _done(kept: float, left: float) -> float:
    return min(max(0.95 * (1.0 - kept) / (1.0 - left), 0.01), 0.95)


async def _part(
    run: Run,
    rig: StorageCellRig,
    cell: Cell,
    name: str,
    terms: Terms,
    checks: list[Check],
    cycles: int,
) -> Check:
    """`cycles` to the set depth, then a full one."""
    current = cell.current(terms.discharge)
    seconds = next_seconds(checks, terms, current, cycles) if cycles else 0.0
    air: list[Reading] = []
    if cycles:
        plan = _plan(cell, terms, seconds, cycles)
        await start(run, rig, f"{name}/life", plan)
        air += await _wait(run, rig, plan, plan.seconds / cycles)
    plan = _plan(cell, terms, 0.0, 1)
    await start(run, rig, f"{name}/check", plan)
    beside = await _wait(run, rig, plan, plan.seconds / NEAR / 8.0)
    await run.record(f"{name}/air", *air, *beside)
    seen = seen_of(await recorded(rig), beside)
    before = checks[-1].count if checks else 0
    return Check(before + cycles + 1, seconds, trace([*air, *beside]), seen)


def _plan(cell: Cell, terms: Terms, seconds: float, cycles: int) -> Plan:
    """`cycles` with discharges of `seconds`; one to the cut-off where that is 0."""
    charge, discharge = cell.current(terms.charge), cell.current(terms.discharge)
    whole = seconds or 3600.0 / terms.discharge
    body = [
        ConstantCurrent(charge, voltage=cell.upper),
        Rest(REST),
        ConstantCurrent(-discharge, voltage=cell.lower, duration=seconds or None),
        Rest(REST),
    ]
    period = whole * (1.0 + discharge / charge) + 2.0 * REST
    return Plan(
        steps=[*body, Loop(1, cycles)] if cycles > 1 else body,
        interval=whole / POINTS if cycles == 1 else whole,
        seconds=cycles * period,
        every=NEAR * period,
    )


async def _wait(run: Run, rig: StorageCellRig, plan: Plan, period: float) -> list[Reading]:
    """Until the cycler has done `plan`, whose cycles last `period` s; the air in degC meanwhile."""
    air: list[Reading] = []
    begin = clock.now()
    for share in LOOKS:
        await clock.sleep(max(begin + share * plan.seconds - clock.now(), 0.0))
        air.append((await climate.look(rig))[0])
    while not await is_done(rig, plan, begin):
        await clock.sleep(NEAR * period)
    run.look_at("temperature", air[-1].value, air[-1].unit)
    return air
