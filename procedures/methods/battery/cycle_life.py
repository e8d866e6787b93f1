"""Coulombic efficiency over thousands of fast cycles: acquisition.

The cycler runs the cycles by itself, in parts. At set counts a check block is run with the shunt
read. What is common to charge and discharge, as the gain of meter and shunt is, cancels in the
ratio; their zero does not, and is read with the channel open before each block.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import msgspec

from labctl import clock
from labctl.evidence import Reading
from labctl.run import Run
from procedures.methods.battery import climate
from procedures.methods.battery.cell import TEMPERATURE, Cell
from procedures.methods.battery.cycling import Cycles, Program, is_done, start, take
from rigs.battery import BatteryRig

REST = 5.0
"""Seconds after each charge and discharge."""

CHECKED = 21
"""Cycles of a check block; the first of them brings the cell into step and does not count."""

CHECKS = 6
"""Check blocks over the life, the first at its begin and the last at its end."""

RUN_IN, OFTEN = 2, 29.0
"""Cycles at the begin by which the currents are set; seconds between readings of the shunt then."""

PART = 500
"""Cycles that the cycler runs by itself before labctl looks whether they are done: what is
interrupted is done again."""

INTERVAL, EVERY = 30.0, 127.0
"""Seconds between points of the log in a check block, and between readings of the shunt: no whole
part of a cycle, so that they fall everywhere in it."""

LOG = 600.0
"""Seconds between points of the log in the cycles between."""

LOOK = 6 * 3600.0
"""Seconds between two looks at a part, and between two readings of the chamber."""

RAISED = 0.02
"""V by which the upper cut-off is raised in the last block, after the life: it tells what an error
of the cycler's voltage is worth."""


class Checked(NamedTuple):
    """Check blocks with the count of cycles in their middles, the one with the raised cut-off, and
    mean chamber temperature in degC over the life."""

    blocks: list[Cycles]
    counts: list[float]
    raised: Cycles
    celsius: float


class Part(msgspec.Struct, frozen=True):
    """`cycles` that the cycler did by itself, with the mean temperature in `celsius`."""

    cycles: int
    celsius: float


def schedule(cycles: int) -> list[int]:
    """Counts of cycles at which check blocks begin, over a life of `cycles` in all."""
    last = cycles - CHECKED
    return [RUN_IN, *(round(last * k / (CHECKS - 1)) for k in range(1, CHECKS))]


def parts_of(cycles: int) -> list[int]:
    """`cycles` in parts that are nearly alike, none longer than `PART`."""
    count = -(-cycles // PART)
    bounds = [cycles * k // count for k in range(count + 1)] if count else [0]
    return [after - before for before, after in pairwise(bounds)]


async def live(run: Run, rig: BatteryRig, cell: Cell, specific: float, cycles: int) -> Checked:
    """A life of `cycles` at `specific` current in A/kg by the active mass on the sheet."""
    await climate.hold(run, rig, "life")
    current = specific * cell.sample.quantity("active_mass", "kg").value
    program = _program(cell, current, RUN_IN)
    first = await _block(run, rig, cell, "run-in", program)
    program = program.trimmed(first, cell.shunt.resistance.value)
    begins = schedule(cycles)
    blocks: list[Cycles] = []
    between: list[Part] = []
    for number, (begin, following) in enumerate(pairwise([*begins, cycles]), 1):
        run.progress(0.02 + 0.9 * begin / cycles, f"check {number} of {CHECKS}")
        check = replace(program, cycles=CHECKED, every=EVERY)
        blocks.append(await _block(run, rig, cell, f"check-{number}", check))
        left = following - begin - CHECKED
        between += await _parts(run, rig, f"between-{number}", program, left)
    upper = program.upper + RAISED
    higher = replace(program, cycles=CHECKED, every=EVERY, upper=upper)
    raised = await _block(run, rig, cell, "raised", higher)
    counts = [begin + (CHECKED + 1) / 2.0 for begin in begins]
    return Checked(blocks, counts, raised, _mean_celsius(blocks, between))


def _program(cell: Cell, current: float, cycles: int) -> Program:
    return Program(
        charge=current,
        discharge=current,
        lower=cell.lower,
        upper=cell.upper,
        rest=REST,
        cycles=cycles,
        interval=INTERVAL,
        every=OFTEN,
        seconds=2.0 * (cell.current(1.0) * 3600.0 / current + REST),
    )


async def _block(run: Run, rig: BatteryRig, cell: Cell, name: str, program: Program) -> Cycles:
    async def block() -> Cycles:
        return await take(run, rig, cell, name, program)

    async with run.scope(name, lambda: climate.restore(rig)):
        return await run.step("block", block, Cycles)


async def _parts(run: Run, rig: BatteryRig, name: str, program: Program, cycles: int) -> list[Part]:
    """`cycles` without a look at the shunt, in parts."""
    parts = parts_of(cycles)

    async def one(index: int, _: Part | None) -> Part:
        part = replace(program, cycles=parts[index], interval=LOG)
        await start(run, rig, f"{name}/{index + 1}", part)
        celsius = await _wait(run, rig, name, part)
        return Part(parts[index], celsius)

    if not parts:
        return []
    async with run.scope(name, lambda: climate.restore(rig)):
        return await run.cycles("parts", len(parts), one, Part, until=0.95)


async def _wait(run: Run, rig: BatteryRig, name: str, program: Program) -> float:
    """Until the cycler has done `program`; the mean temperature in degC meanwhile."""
    begin = clock.now()
    seen: list[Reading] = []
    done = False
    while not done:
        await clock.sleep(LOOK)
        seen.append(await rig.chamber.temperature())
        done = await is_done(rig, program, begin)
    await run.record(f"{name}/temperature", *seen)
    return sum(one.value for one in seen) / len(seen)


def _mean_celsius(blocks: list[Cycles], between: list[Part]) -> float:
    """Mean by cycles, in degC; the set one where nothing was read."""
    rows = [(one.cycles, one.celsius) for one in between]
    rows += [(CHECKED, one.celsius) for one in blocks]
    total = sum(count for count, _ in rows)
    return sum(count * value for count, value in rows) / total if total else TEMPERATURE
