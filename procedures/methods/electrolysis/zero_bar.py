"""What the impedance meter reads on a zero bar: its standing offset, range and speed by range and
speed, which is taken off what it reads at the cell."""

from __future__ import annotations

from collections.abc import Sequence

from drivers.roles.impedance_analyzer import ImpedancePoint
from labctl.asking.prompts import ChoicePrompt
from labctl.errors import InstrumentError, OperatorError
from labctl.i18n import N_
from labctl.run import Run
from procedures.methods.electrolysis.impedances import Impedances, recorded
from procedures.methods.electrolysis.working import rest
from rigs.electrolysis import ElectrolysisRig

BAR = "zero_bar"
"""Contribution of the bench: what resistance in ohm is left between the taps of the bar."""

ON_BAR, ON_CELL, MISSING = "on the bar", "on the cell", "not at hand"
TO_BAR = ChoicePrompt(
    "zero_bar",
    N_(
        "The supply is off. Take the four leads of the impedance meter from the cell and put them "
        "on the zero bar, laid as they lay at the cell"
    ),
    options=(ON_BAR, MISSING),
    simulated=ON_BAR,
)
TO_CELL = ChoicePrompt(
    "cell_leads",
    N_("Take the four leads of the impedance meter from the zero bar and put them on the cell"),
    options=(ON_CELL, MISSING),
    simulated=ON_CELL,
)

FLAT, SHORT = 0.01, 20e-6
"""V and ohm below which a bar lies: beyond it the leads are on something else."""

ALIVE = 1.0
"""V above which a cell under current lies: water is not split below 1.2 V."""


async def zeroed(run: Run, rig: ElectrolysisRig, frequencies: Sequence[float]) -> Impedances:
    """The bar at `frequencies` in Hz. The supply is off from before the leads are taken from the
    cell until they are back there.

    `OperatorError` without a bar, `InstrumentError` where the leads are not on one.
    """
    await rest(run, rig, "zero")
    if await run.ask(TO_BAR) != ON_BAR:
        raise OperatorError("there is no zero bar", remedy="make one of copper, with four taps")
    found = await run.step("zero/sweep", lambda: _sweep(run, rig, frequencies), Impedances)
    if await run.ask(TO_CELL) != ON_CELL:
        raise OperatorError("the leads are not on the cell", remedy="put them there when asked to")
    return found


async def _sweep(run: Run, rig: ElectrolysisRig, frequencies: Sequence[float]) -> Impedances:
    meter, points = rig.impedance_meter, list[ImpedancePoint]()
    await rig.supply.output(False)
    await meter.integrate("long", 1)
    for frequency in frequencies:
        await meter.set_frequency(frequency)
        points.append(await meter.measure())
        check_bar(points[-1])
    return await recorded(run, "zero", points)


def check_bar(point: ImpedancePoint) -> None:
    """`InstrumentError` where `point` was read on a cell."""
    if abs(point.bias) > FLAT or abs(point.resistance.value) > SHORT:
        raise _misplaced(point, "the leads are not on the zero bar")


def check_cell(point: ImpedancePoint) -> None:
    """`InstrumentError` where `point` was not read on a cell under current."""
    if point.bias < ALIVE:
        raise _misplaced(point, "the leads are not on the cell, or it has no current")


def _misplaced(point: ImpedancePoint, why: str) -> InstrumentError:
    return InstrumentError(
        why,
        address=point.resistance.address,
        answer=f"{point.resistance.value:g} ohm, {point.bias:g} V",
        remedy="look where the four leads of the impedance meter are, and run again",
    )
