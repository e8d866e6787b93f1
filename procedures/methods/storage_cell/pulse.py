"""The largest rate that a cell holds for the length of a pulse: acquisition.

The cell is charged, discharged to half of its capacity and rested; then pulses are driven one
after the other, each with the current at which the last ones say that the voltage just comes to
the lower cut-off, less a margin that shrinks. After each pulse the charge is put back slowly and
the cell rests. One more pulse from a lower charge tells what an error of the starting charge is
worth.
"""

from __future__ import annotations

from functools import partial

import msgspec
import numpy as np

from drivers.roles.battery_cycler import ConstantCurrent, CyclerRecord, ProgramStep, Rest
from labctl.errors import InstrumentError
from labctl.run import Run
from procedures.methods.storage_cell import climate
from procedures.methods.storage_cell.cell import RATE, REST, Cell
from procedures.methods.storage_cell.driving import (
    Plan,
    Seen,
    charge_of,
    drive,
    follow,
    recorded,
    start,
)
from procedures.methods.trace import Trace, trace
from rigs.storage_cell import StorageCellRig

START = 0.5
"""Share of the capacity from which a pulse begins; our choice where none is stated."""

LOWER_START = 0.45
"""That of the pulse by which the sensitivity to the start is told."""

LESS = 0.8
"""Current of that pulse as a share of the last one, so that it is held too."""

SETTLED = 3600.0
"""Seconds of rest before a pulse."""

FIRST, MARGINS = 0.25, (0.75, 0.95, 0.985, 0.99)
"""First pulse, as a share of the largest current; then shares of the current that the last pulses
say that the cell can hold."""

EARLY = 0.09
"""Seconds by which the last record of a pulse may come before its end: less than one interval."""

APART = 0.993
"""Largest current of a second pulse, as a share of the first: noise is not to tell the slope."""

POINT = 1.0
"""Seconds between two points of the log in a pulse."""


class Pulse(msgspec.Struct, frozen=True):
    """A pulse of `current` in A (magnitude): lowest `volts` in V that were shown in its `seconds`,
    which were all that were asked for where it was `held`; `slope` in V/s of the voltage there,
    temperature of the `air` and of the `case` before it in degC, and `warmer`, the rise of the case
    in K. A large current warms the cell, so the lowest voltage may come early."""

    current: float
    volts: float
    seconds: float
    held: bool
    slope: float
    air: Trace
    case: float
    warmer: float


class Pulses(msgspec.Struct, frozen=True):
    """`rated`, the cycle that told the capacity; the `pulses` in their order, from the set start;
    the one from the `lower` start."""

    rated: Seen
    pulses: list[Pulse]
    lower: Pulse


async def pulses(
    run: Run, rig: StorageCellRig, cell: Cell, rated: Seen, seconds: float, most: float
) -> Pulses:
    """Pulses of `seconds` up to `most` A, after `rated`, a cycle with the cell empty at its end."""
    await climate.hold(run, rig, "pulse")
    capacity = charge_of(rated)

    less = (START - LOWER_START) * capacity

    async def take(name: str, current: float) -> Pulse:
        pulse = partial(one_pulse, run, rig, cell, name, current, seconds)
        return await run.step(name, pulse, Pulse)

    async with run.scope("pulse", lambda: climate.restore(rig)):
        await run.step("fill", lambda: fill(run, rig, cell, START * capacity), Seen)
        found: list[Pulse] = []
        for number in range(len(MARGINS) + 1):
            current = next_current(found, cell.lower, most)
            found.append(await take(f"pulse-{number + 1}", current))
            run.progress(0.4 + 0.08 * number, f"{current:.1f} A")
        await run.step("lower", lambda: to_share(run, rig, cell, "lower", less), Seen)
        lower = await take("pulse-lower", LESS * found[-1].current)
    return Pulses(rated, found, lower)


def next_current(found: list[Pulse], lower: float, most: float) -> float:
    """Current in A of the next pulse: a share of that at which the voltage after a pulse comes to
    `lower` V by a line through two that were held; at most `most`."""
    held = [one for one in found if one.held]
    if not found:
        return FIRST * most
    share = MARGINS[len(found) - 1]
    if not held:
        return share * found[-1].current / 2.0
    if len(held) == 1:
        return min(2.0 * held[0].current, most)
    low, high = apart(held)
    if low.volts <= high.volts:
        raise InstrumentError("a larger current does not lower the voltage of a pulse")
    per_volt = (high.current - low.current) / (low.volts - high.volts)
    return min(share * (high.current + (high.volts - lower) * per_volt), most)


def apart(held: list[Pulse]) -> tuple[Pulse, Pulse]:
    """The pulse of the largest current and the nearest one whose current tells a slope with it; two
    of `held` at least."""
    high = max(held, key=lambda one: one.current)
    others = [one for one in held if one.current <= APART * high.current]
    return max(others or held, key=lambda one: one.current), high


async def fill(run: Run, rig: StorageCellRig, cell: Cell, charge: float) -> Seen:
    """The empty cell charged to its cut-off, then `charge` in C taken out, and rested."""
    current = cell.current(RATE)
    steps: list[ProgramStep] = [
        ConstantCurrent(current, voltage=cell.upper),
        Rest(REST),
        ConstantCurrent(-current, voltage=cell.lower, duration=charge / current),
        Rest(SETTLED),
    ]
    return await drive(run, rig, "fill", _slow(steps, 6.0 * 3600.0))


async def to_share(run: Run, rig: StorageCellRig, cell: Cell, name: str, charge: float) -> Seen:
    """`charge` in C taken out slowly, and rested."""
    current = cell.current(RATE)
    seconds = charge / current
    steps: list[ProgramStep] = [
        ConstantCurrent(-current, voltage=cell.lower, duration=seconds),
        Rest(SETTLED),
    ]
    return await drive(run, rig, name, _slow(steps, seconds + SETTLED))


def _slow(steps: list[ProgramStep], seconds: float) -> Plan:
    """`steps` between pulses, which last some `seconds`."""
    return Plan(steps, interval=300.0, seconds=seconds, every=600.0)


async def one_pulse(
    run: Run, rig: StorageCellRig, cell: Cell, name: str, current: float, seconds: float
) -> Pulse:
    """A pulse of `current` in A for `seconds`; what it took is put back, and the cell rests."""
    before, case = await climate.look(rig)
    pulse = Plan(
        [ConstantCurrent(-current, voltage=cell.lower, duration=seconds)], POINT, seconds, seconds
    )
    await start(run, rig, name, pulse)
    _, warm = await follow(run, rig, name, pulse)
    record = await recorded(rig)
    back = cell.current(RATE)
    taken = float(-record.current.values.mean()) * float(record.time[-1] - record.time[0])
    steps: list[ProgramStep] = [
        ConstantCurrent(back, voltage=cell.upper, duration=taken / back),
        Rest(SETTLED),
    ]
    await drive(run, rig, f"{name}-back", _slow(steps, taken / back + SETTLED))
    return pulse_of(record, seconds, trace([before]), case.value, max(w.value for w in warm))


def pulse_of(
    record: CyclerRecord, seconds: float, air: Trace, case: float, warmest: float
) -> Pulse:
    """The pulse that `record` holds, asked to last `seconds`."""
    time = record.time - record.time[0]
    volts = record.voltage.values
    lowest = int(np.argmin(volts))
    near = slice(max(lowest - 2, 0), lowest + 3)
    slope = np.polyfit(time[near], volts[near], 1)[0] if len(time[near]) > 1 else 0.0
    return Pulse(
        current=float(-record.current.values.mean()),
        volts=float(volts[lowest]),
        seconds=float(time[-1]),
        held=bool(time[-1] >= seconds - EARLY),
        slope=float(slope),
        air=air,
        case=case,
        warmer=warmest - case,
    )
