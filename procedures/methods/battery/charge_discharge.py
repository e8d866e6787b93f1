"""Constant-current charge and discharge: capacity and energy per mass or area of the electrode."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from labctl.evidence import Evidence
from labctl.gaps import Gaps
from labctl.i18n import N_
from labctl.run import Run
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Words
from procedures.methods.battery import climate, mass
from procedures.methods.battery.cell import WARMING, Cell, cell_on
from procedures.methods.battery.cycling import Cycles, Program, take
from procedures.methods.battery.reduction import discharged
from rigs.battery import BatteryRig

HOURS = 5.0
"""In which the rated capacity is charged and discharged; our choice, since no rate is stated."""

CYCLES = 4
"""Cycles that count, after one that brings the cell into a known state and sets the current."""

REST = 600.0
"""Seconds after each charge and discharge."""

INTERVAL, EVERY = 120.0, 2400.0
"""Seconds between two points of the cycler's log, and between two readings of the shunt."""

GAPS = Gaps(longest=24 * 3600.0, total=96 * 3600.0)
"""A cycle that is interrupted is done again from a full charge on; a cell at open circuit loses
some percent of its charge a day and hardly any of its capacity."""

BUDGET_DRAWS = 300
"""Draws for a budget line: enough for two digits."""

HOW = N_(
    "Constant current at which the rated capacity takes five hours, 25 degC, cut-offs by the "
    "sample's sheet, ten minutes of rest; mean discharge of four cycles after a first one. Time "
    "and voltage by the cycler, current by a calibrated shunt; its zero was read before each cycle."
)
LEFT_OUT: tuple[Words, ...] = (
    N_("time base of the cycler"),
    N_("length of the rests: a longer one changes the capacity by less than its repeatability"),
    N_("warming of the cell by its own current"),
)

AREA = "area"
"""Property of the sheet: area of the electrode, as the imaging bench measures it."""

AREA_HOW = N_("Divided by the area of the electrode on the sample's sheet.")

Kind = Literal["charge", "energy"]


async def per_mass(run: Run, rig: BatteryRig, result: str, kind: Kind, unit: str) -> Evidence:
    """Evidence for `result`: discharged charge or energy per active mass, in `unit`."""
    weighed = await mass.weigh(run, rig)
    cell = cell_on(run, rig)
    cycles = await capacity(run, rig, cell, "capacity")

    def figure(mc: MonteCarlo) -> Draws:
        return _of(mc, cell, cycles, kind) / weighed.active(mc, cell)[:, 0]

    unstated = cell.unstated(WARMING, mass.COLLECTOR, mass.ACTIVE)
    how = (HOW, mass.MASS_HOW)
    left_out = (*LEFT_OUT, mass.MASS_LEFT_OUT)
    return await run.reduce(lambda: _evidence(run, result, unit, figure, how, left_out, unstated))


def _of(mc: MonteCarlo, cell: Cell, cycles: Sequence[Cycles], kind: Kind) -> Draws:
    """Draws of charge in C or energy in J of a mean discharge."""
    found = discharged(mc, cell, cycles, "capacity")
    return found.charge if kind == "charge" else found.energy


def _evidence(
    run: Run,
    result: str,
    unit: str,
    figure: Callable[[MonteCarlo], Draws],
    how: Sequence[Words],
    left_out: tuple[Words, ...],
    unstated: tuple[Unstated, ...],
) -> Evidence:
    return run.evidence(
        {result: run.figure(result, figure, unit)},
        how=how,
        left_out=left_out,
        unstated=unstated,
        budget=run.monte_carlo.budget(figure, result, BUDGET_DRAWS),
    )


async def capacity(run: Run, rig: BatteryRig, cell: Cell, name: str) -> list[Cycles]:
    """Four cycles at the five-hour rate, after one by which the currents are set."""
    await climate.hold(run, rig, name)
    program = rated_program(cell)

    async def first() -> Cycles:
        return await take(run, rig, cell, f"{name}/first", program)

    async with run.scope(f"{name}/run-in", lambda: climate.restore(rig)):
        seen = await run.step("cycle", first, Cycles)
    trimmed = program.trimmed(seen, cell.shunt.resistance.value)

    async def one(index: int, _: Cycles | None) -> Cycles:
        return await take(run, rig, cell, f"{name}/cycle-{index + 1}", trimmed)

    async with run.scope(f"{name}/counting", lambda: climate.restore(rig)):
        return await run.cycles("cycles", CYCLES, one, Cycles)


def rated_program(cell: Cell) -> Program:
    """A cycle at the five-hour rate."""
    current = cell.current(HOURS)
    return Program(
        charge=current,
        discharge=current,
        lower=cell.lower,
        upper=cell.upper,
        rest=REST,
        cycles=1,
        interval=INTERVAL,
        every=EVERY,
        seconds=2.0 * (HOURS * 3600.0 + REST),
    )


async def per_area(run: Run, rig: BatteryRig, result: str, kind: Kind, unit: str) -> Evidence:
    """Evidence for `result`: discharged charge or energy per electrode area, in `unit`."""
    cell = cell_on(run, rig)
    cycles = await capacity(run, rig, cell, "capacity")

    def figure(mc: MonteCarlo) -> Draws:
        return _of(mc, cell, cycles, kind) / cell.stated(mc, AREA, "m**2")[:, 0]

    unstated, how = cell.unstated(WARMING, AREA), (HOW, AREA_HOW)
    return await run.reduce(lambda: _evidence(run, result, unit, figure, how, LEFT_OUT, unstated))
