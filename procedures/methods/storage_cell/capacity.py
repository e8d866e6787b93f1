"""Capacity and specific energy of a storage cell by constant-current charge and discharge."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Literal

import msgspec

from drivers.roles.battery_cycler import ConstantCurrent, Rest
from labctl.asking.prompts import ChoicePrompt
from labctl.errors import OperatorError
from labctl.evidence import Evidence
from labctl.gaps import Gaps
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Words
from procedures.methods.one_figure import one_figure
from procedures.methods.repeats import mean_of
from procedures.methods.storage_cell import climate
from procedures.methods.storage_cell.cell import RATE, REST, Cell, cell_on
from procedures.methods.storage_cell.driving import Plan, Seen, drive
from procedures.methods.storage_cell.reduction import at_temperature, given
from procedures.methods.trace import Trace, trace
from rigs.storage_cell import StorageCellRig

CYCLES = 3
"""Cycles that count, after one that brings the cell into a known state."""

INTERVAL, EVERY = 60.0, 1800.0
"""Seconds between two points of the cycler's log, and between two looks at the temperatures."""

COARSE = 600.0
"""Seconds between two points of the log of a cycle that does not count."""

GAPS = Gaps(longest=24 * 3600.0, total=96 * 3600.0)
"""A cycle that is interrupted is done again from a full charge on; a cell at open circuit loses
some tenths of a percent of its charge a day."""

WEIGHINGS, PATIENCE = 5, 40.0
"""Weighings, and seconds that a value may take to stand."""

BASIS = "mass_basis"
"""Contribution of the bench: what hangs on the cell on the balance, as a share of its mass."""

CAPACITY_WARMING = "capacity_temperature_coefficient"
ENERGY_WARMING = "energy_temperature_coefficient"
"""Properties of the sheet: relative change of the figure per kelvin, in 1/K."""

HOW = N_(
    "Constant current of a third of the rated capacity per hour (IEC 62660-1), since no rate is "
    "stated, in air of 25 degC; cut-offs by the sample's sheet, no step at constant voltage, ten "
    "minutes of rest; mean discharge of three cycles after a first one. Current, voltage and time "
    "by the cycler, temperature by a probe beside the cell."
)
MASS_HOW = N_(
    "Divided by the mass of the whole cell, with its tabs and without what the test bench adds; "
    "weighed five times."
)
LEFT_OUT: tuple[Words, ...] = (
    N_("time base of the cycler"),
    N_("length of the rests: a longer one changes the capacity by less than its repeatability"),
)
MASS_LEFT_OUT = N_("air buoyancy of the cell on the balance")

ON_PAN, MISSING = "on the pan", "not at hand"
WEIGHED = ChoicePrompt(
    "weighed-cell",
    N_("Zero the empty balance, then lay this cell (or its twin) without leads on it"),
    options=(ON_PAN, MISSING),
    simulated=ON_PAN,
)


class Weighed(msgspec.Struct, frozen=True):
    """Masses of the cell in kg, one after the other."""

    masses: Trace

    def mass(self, mc: MonteCarlo, cell: Cell) -> Draws:
        """Draws of the mass in kg, (draws + 1,)."""
        readings = self.masses.readings()
        scatter = mc.repeated("repeatability/mass", self.masses.array) - self.masses.array.mean()
        basis = 1.0 + cell.unknown(mc, BASIS, "dimensionless")
        return ((mc.mean(readings) + scatter) / basis)[:, 0]


async def capacity(run: Run, rig: StorageCellRig, result: str) -> Evidence:
    """Evidence for `result`: discharged charge at the three-hour rate, in C."""
    cell = cell_on(run)
    cycles = await rated_cycles(run, rig, cell)

    def figure(mc: MonteCarlo) -> Draws:
        return mean_given(mc, cell, cycles, "charge")

    unstated = cell.unstated(CAPACITY_WARMING)
    return await one_figure(
        run, result, "C", figure, how=(HOW,), left_out=LEFT_OUT, unstated=unstated
    )


async def specific_energy(run: Run, rig: StorageCellRig, result: str) -> Evidence:
    """Evidence for `result`: discharged energy at the three-hour rate per mass of cell, in J/kg."""
    weighed = await weigh(run, rig)
    cell = cell_on(run)
    cycles = await rated_cycles(run, rig, cell)

    def figure(mc: MonteCarlo) -> Draws:
        return mean_given(mc, cell, cycles, "energy") / weighed.mass(mc, cell)

    unstated = (*cell.unstated(ENERGY_WARMING), *cell.unstated(bench=(BASIS,)))
    how, left_out = (HOW, MASS_HOW), (*LEFT_OUT, MASS_LEFT_OUT)
    return await one_figure(
        run, result, "J/kg", figure, how=how, left_out=left_out, unstated=unstated
    )


def mean_given(
    mc: MonteCarlo, cell: Cell, cycles: Sequence[Seen], kind: Literal["charge", "energy"]
) -> Draws:
    """Draws of charge in C or energy in J of a mean discharge in air of 25 degC, (draws + 1,)."""
    name = CAPACITY_WARMING if kind == "charge" else ENERGY_WARMING
    each = [
        (got.charge if kind == "charge" else got.energy) / at_temperature(mc, cell, seen, name)
        for seen, got in ((seen, given(mc, cell, seen)) for seen in cycles)
    ]
    return mean_of(mc, each, kind)


async def rated_cycles(run: Run, rig: StorageCellRig, cell: Cell) -> list[Seen]:
    """Three cycles at the three-hour rate, after one that does not count."""
    await climate.hold(run, rig, "capacity")

    async def one(index: int, _: Seen | None) -> Seen:
        return await rated_cycle(run, rig, cell, f"capacity/cycle-{index + 1}", INTERVAL)

    async with run.scope("capacity/run-in", lambda: climate.restore(rig)):
        first = partial(rated_cycle, run, rig, cell, "capacity/first", COARSE)
        await run.step("cycle", first, Seen)
    async with run.scope("capacity/counting", lambda: climate.restore(rig)):
        return await run.cycles("cycles", CYCLES, one, Seen)


async def rated_cycle(
    run: Run, rig: StorageCellRig, cell: Cell, name: str, interval: float
) -> Seen:
    """A cycle at the three-hour rate as `name`, recorded every `interval` s; call it inside a
    step."""
    current = cell.current(RATE)
    plan = Plan(
        steps=[
            ConstantCurrent(current, voltage=cell.upper),
            Rest(REST),
            ConstantCurrent(-current, voltage=cell.lower),
            Rest(REST),
        ],
        interval=interval,
        seconds=2.0 * (1.5 * 3600.0 / RATE + REST),
        every=EVERY,
    )
    return await drive(run, rig, name, plan)


async def weigh(run: Run, rig: StorageCellRig) -> Weighed:
    """The cell on the balance, which a person lays there."""
    if await run.ask(WEIGHED) != ON_PAN:
        raise OperatorError("there is no cell to weigh", remedy="weigh its twin of one lot")

    async def read() -> Trace:
        readings = [await rig.balance.weigh(timeout=PATIENCE) for _ in range(WEIGHINGS)]
        await run.record("mass", *readings)
        return trace(readings)

    return Weighed(await run.step("mass", read, Trace))
