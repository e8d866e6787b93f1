"""Share of the capacity that a cell keeps at a temperature: acquisition.

At each temperature the cell is charged at 25 degC, stands there for a day, and is discharged
there; what is left is taken out at 25 degC again. Going away from 25 degC in set steps, the search
stops at the first temperature at which the cell keeps less than the agreed share, and then closes
in on the one at which it keeps just that.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec

from drivers.roles.battery_cycler import ConstantCurrent, ProgramStep, Rest
from labctl.run import Run
from procedures.methods.storage_cell import climate
from procedures.methods.storage_cell.capacity import COARSE, rated_cycle
from procedures.methods.storage_cell.cell import RATE, REST, Cell
from procedures.methods.storage_cell.driving import Plan, Seen, charge_of, drive
from procedures.methods.trace import Trace
from rigs.storage_cell import StorageCellRig

COLD, HOT = (-20.0, -35.0, -45.0, -52.0), (50.0, 65.0, 75.0)
"""Temperatures in degC at which a cell is tried on its way to the ends, as far as chambers go."""

KEPT_COLD, KEPT_HOT = 0.70, 0.95
"""Shares of the capacity at 25 degC that a working cell gives in the cold and in the heat; our
choice where the text states none."""

SOAK = 24 * 3600.0
"""Seconds for which the charged cell stands at a temperature before it is discharged there."""

CLOSER = 2
"""Temperatures that are tried between the last that was kept and the first that was not."""

EVERY = 7200.0
"""Seconds between two looks at the temperatures."""

ASIDE = 0.3
"""K to either side of the estimate for those, so that the end lies between."""


class Point(msgspec.Struct, frozen=True):
    """At `set` degC of the chamber: the `discharge` there, and the `air` during soak and
    discharge."""

    set: float
    discharge: Seen
    air: Trace


class Side(msgspec.Struct, frozen=True):
    """The `points` towards one end in the order they were taken, with cycles at 25 degC `before`
    the first and `after` the last of them: days in the heat take some capacity for good."""

    before: Seen
    points: list[Point]
    after: Seen


class Span(msgspec.Struct, frozen=True):
    """Two cycles at 25 degC, which tell how they repeat, and the ways to cold and heat."""

    reference: list[Seen]
    cold: Side
    hot: Side


async def span(run: Run, rig: StorageCellRig, cell: Cell) -> Span:
    """The capacities at 25 degC and on the way to both ends."""
    await climate.hold(run, rig, "reference")

    async def cycle(name: str, interval: float = 300.0) -> Seen:
        one = partial(rated_cycle, run, rig, cell, f"reference/{name}", interval)
        async with run.scope(f"reference/{name}", lambda: climate.restore(rig)):
            return await run.step("cycle", one, Seen)

    await cycle("first", COARSE)
    reference = [await cycle("1"), await cycle("2")]
    cold = await _towards(run, rig, cell, COLD, KEPT_COLD, charge_of(reference[-1]))
    run.progress(0.5, "cold end found")
    middle = await cycle("3")
    hot = await _towards(run, rig, cell, HOT, KEPT_HOT, charge_of(middle))
    last = await cycle("4")
    return Span(reference, Side(reference[-1], cold, middle), Side(middle, hot, last))


async def _towards(
    run: Run,
    rig: StorageCellRig,
    cell: Cell,
    way: Sequence[float],
    kept: float,
    capacity: float,
) -> list[Point]:
    """Points along `way` until less than `kept` is left, and close to the end."""
    points: list[Point] = []

    async def take(celsius: float, name: str) -> Point:
        async with run.scope(f"at/{name}", lambda: climate.restore(rig)):
            return await run.step("point", lambda: point(run, rig, cell, name, celsius), Point)

    for celsius in way:
        points.append(await take(celsius, f"{celsius:g}"))
        if charge_of(points[-1].discharge) < kept * capacity:
            break
    else:
        return points
    for number in range(CLOSER):
        guess = crossing_of(
            [(one.set, charge_of(one.discharge) / capacity) for one in points], kept
        )
        aside = ASIDE if number % 2 else -ASIDE
        points.append(await take(round(guess + aside, 2), f"{way[0]:g}-close-{number + 1}"))
    return points


def crossing_of(points: Sequence[tuple[float, float]], kept: float) -> float:
    """Temperature in degC at which `kept` is left, by a line through the two of `points`
    (temperature, share) that are nearest to it on both sides."""
    above = min((p for p in points if p[1] >= kept), key=lambda p: p[1] - kept, default=points[0])
    below = min((p for p in points if p[1] < kept), key=lambda p: kept - p[1])
    if above[1] < kept:
        return above[0]
    share = (above[1] - kept) / (above[1] - below[1])
    return above[0] + share * (below[0] - above[0])


async def point(run: Run, rig: StorageCellRig, cell: Cell, name: str, celsius: float) -> Point:
    """A charge at 25 degC, a day at `celsius`, a discharge there; emptied at 25 degC afterwards."""
    current = cell.current(RATE)
    hours = 1.5 * 3600.0 / RATE
    full: list[ProgramStep] = [ConstantCurrent(current, voltage=cell.upper), Rest(REST)]
    out: list[ProgramStep] = [
        Rest(SOAK),
        ConstantCurrent(-current, voltage=cell.lower),
        Rest(REST),
    ]
    await drive(run, rig, f"{name}/charge", Plan(full, 600.0, hours, EVERY))
    await climate.restore(rig, celsius)
    seen = await drive(run, rig, f"{name}/soak", Plan(out, 300.0, SOAK + hours, EVERY))
    await climate.restore(rig)
    warm: list[ProgramStep] = [
        Rest(4.0 * 3600.0),
        ConstantCurrent(-current, voltage=cell.lower),
        Rest(REST),
    ]
    await drive(run, rig, f"{name}/empty", Plan(warm, 600.0, hours + 4.0 * 3600.0, EVERY))
    return Point(celsius, seen, seen.air)
