"""Cycle life of a station: blocks of cycles that it runs by itself, with checks between them.

A check is a full cycle between the cells' own limits, whose delivered energy at the AC terminals is
the figure that fades, and one cycle in the window of states of charge that wears.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Reading
from labctl.gaps import Gaps
from labctl.run import Run
from procedures.analysis.end_of_life import is_over
from procedures.methods.hybrid_storage.cycling import (
    LOOK,
    Cycle,
    conditioned,
    finished,
    plan_of,
    take,
)
from procedures.methods.hybrid_storage.energy import flows_of
from procedures.methods.hybrid_storage.plant import Plant
from procedures.methods.hybrid_storage.working import ready, require_no_alarm
from procedures.methods.trace import Trace, trace
from rigs.hybrid import AIR, HybridRig

BLOCK = 500
"""Cycles between two checks: a tenth of the lives that are asked for, some three months."""

WINDOWS = 4
"""Every so many checks the cycle that wears is metered as well, from the first on."""

LOOKS = 5
"""Looks at the air in a block."""

LATE = 2.0
"""Times its expected length after which a block is given up, holds left out."""

MOST = 20_000
"""Cycles after which a station is given up whose sheet plans no end."""

GAPS = Gaps(longest=14 * 86400.0, total=60 * 86400.0, settle=3600.0)
"""A station at rest ages by the calendar, slowly: some 1 % of its energy in a year at 25 degC and
half charge, so that weeks of interruption in two to four years lie within the checks' scatter."""

PLANNED = "planned_cycles"
"""Property of the sheet: cycles after which the test ends with the station alive."""


class Check(msgspec.Struct, frozen=True):
    """A check whose full cycle is the one of number `cycles`; every fourth with one in the `window`
    after it, which shows the depth of discharge and the powers of the cycles that wear."""

    cycles: int
    full: Cycle
    window: Cycle | None


class Life(msgspec.Struct, frozen=True):
    """Checks over a life, and the air in degC at the inlets through the blocks between them."""

    checks: tuple[Check, ...]
    air: tuple[Trace, ...]


async def live(run: Run, rig: HybridRig, plant: Plant, rate: float, end: float) -> Life:
    """Cycles at `rate` in P until the delivered energy is below `end` (0..1) of the first check's
    for certain, or the planned cycles are over."""
    async with run.scope("life", lambda: _carry_on(rig, plant, rate)):
        return await _lived(run, rig, plant, rate, end)


async def _lived(run: Run, rig: HybridRig, plant: Plant, rate: float, end: float) -> Life:
    planned = planned_cycles(plant)
    checks: list[Check] = []
    air: list[Trace] = []
    done = 0
    while True:
        checks.append(await _check(run, rig, plant, rate, checks, done))
        done += 2 if checks[-1].window is None else 3
        kept = delivered(run, plant, checks)
        run.progress(0.95 * min(1.0, max(1.0 - kept[-1], 0.0) / (1.0 - end)), f"{done} cycles")
        if is_over(kept, end) or done >= planned:
            return Life(tuple(checks), tuple(air))
        count = min(BLOCK, planned - done)
        block = Block(f"block-{len(checks)}", count, _seconds(checks[-1].full))
        air.append(await _block(run, rig, plant, rate, block))
        done += count


def planned_cycles(plant: Plant) -> int:
    """Cycles that the sheet plans; as many as there may be where it plans none."""
    if PLANNED not in plant.sample.properties:
        return MOST
    return round(plant.sample.quantity(PLANNED, "cyc").value)


def delivered(run: Run, plant: Plant, checks: Sequence[Check]) -> list[float]:
    """Delivered energies over that of the first check, by the readings as they stand."""
    mc = run.monte_carlo.like(2)
    each = [float(flows_of(mc, plant, one.full).delivered[0]) for one in checks]
    return [one / each[0] for one in each]


def _seconds(seen: Cycle) -> float:
    """How long a cycle takes in s, its rests with it."""
    return seen.charge_seconds + seen.discharge_seconds + 2.0 * seen.rest


async def _check(
    run: Run, rig: HybridRig, plant: Plant, rate: float, before: Sequence[Check], done: int
) -> Check:
    """The check after those `before` and `done` cycles. Each begins with a full cycle that nobody
    measures: from the window both banks would come to their full charge unequally."""
    name = f"check-{len(before) + 1}"
    full, window = plan_of(plant, rate), plan_of(plant, rate, window=True)

    async def one() -> Check:
        await conditioned(rig, plant)
        known = before[-1].full if before else None
        seen = await take(run, rig, plant, f"{name}/full", full, known)
        await finished(rig, plant, full)
        if len(before) % WINDOWS:
            return Check(done + 2, seen, None)
        short = await take(run, rig, plant, f"{name}/window", window)
        await finished(rig, plant, window)
        return Check(done + 2, seen, short)

    return await run.step(name, one, Check)


class Block(msgspec.Struct, frozen=True):
    """`count` cycles of some `seconds` in s each, by this `name`."""

    name: str
    count: int
    seconds: float


async def _block(run: Run, rig: HybridRig, plant: Plant, rate: float, block: Block) -> Trace:
    """The cycles of `block` in the window; the air in degC meanwhile."""
    plan = plan_of(plant, rate, window=True, count=block.count)

    async def look(index: int, _: Trace | None) -> Trace:
        await clock.sleep(block.count * block.seconds / (LOOKS + 1))
        seen = await rig.logger.temperatures(AIR)
        await run.record(f"{block.name}/air", *seen)
        run.look_at("temperature", sum(one.value for one in seen) / len(seen), "degC")
        return trace(seen)

    await run.step(f"{block.name}/start", lambda: rig.site.start_cycles(plan), type(None))
    looks = await run.cycles(f"{block.name}/looks", LOOKS, look, Trace, until=0.95)
    await run.step(f"{block.name}/end", lambda: _ended(rig, block), type(None))
    return trace([reading for one in looks for reading in one.readings()])


async def _carry_on(rig: HybridRig, plant: Plant, rate: float) -> None:
    """The station at work, and going on in the phase in which a hold has stopped its program."""
    await ready(rig, plant, plant.power(rate))
    if (await rig.site.cycles()).held:
        await rig.site.resume_cycles()


async def _ended(rig: HybridRig, block: Block) -> None:
    """Until all cycles of `block` are done; `InstrumentError` where they do not get on."""
    end = clock.now() + LATE * block.count * block.seconds
    while (status := await rig.site.cycles()).phase != "done":
        if status.held or status.phase == "idle" or clock.now() > end:
            raise InstrumentError(
                f"{status.done} of {block.count} cycles were done",
                address=rig.site.address,
                answer="held" if status.held else status.phase,
                remedy="see which alarm stands at the banks; labctl resume goes on",
            )
        left = (block.count - status.done) * block.seconds
        await clock.sleep(max(0.9 * left - block.seconds, LOOK))
    await require_no_alarm(rig)


def air_of(life: Life) -> list[Reading]:
    """The air's readings in degC through the life; of the checks where there was no block."""
    traces = life.air or tuple(one.full.air for one in life.checks)
    return [reading for one in traces for reading in one.readings()]
