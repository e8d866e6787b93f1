"""Automatic voltage control: steps of the grid's voltage, answered by reactive power or not."""

from __future__ import annotations

from collections.abc import Sequence

from drivers.roles.site_controller import VoltageDroop
from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from procedures.analysis.droop import droop_answer
from procedures.methods.contributions import unstated
from procedures.methods.grid_support import clocks, steps, timing
from procedures.methods.grid_support.arranging import Plate, plate
from procedures.methods.grid_support.events import Event, played, ready, voltage_step
from procedures.methods.grid_support.pcc import NOMINAL, PHASE
from procedures.methods.grid_support.showing import shown
from rigs.power import PowerRig

STEPS = (0.95, 1.05)
"""Voltages over the nominal one that the grid steps to."""

NEEDED = (PHASE, *timing.NEEDED)
LEFT_OUT = (
    N_("definition: size, delay and droop are the method's choice, the indicator states none"),
    N_("limits by the apparent power of the units, which no event here reaches"),
    N_("effect on the voltage of another grid: it goes with that grid's impedance"),
)


async def voltage_control(run: Run, rig: PowerRig, result: str, droop: VoltageDroop) -> Evidence:
    """Evidence for `result`: whether reactive power answers the voltage as `droop` asks."""
    planned = {f"{share:g}": voltage_step(share) for share in STEPS}
    async with run.scope("voltage", lambda: ready(rig, "voltage")):
        compared = await clocks.compare(run, rig)
        rated = await run.step("plate", lambda: plate(rig), Plate)
        events = await played(run, rig, planned, "reactive")
    return await run.reduce(lambda: _evidence(run, rig, result, droop, rated, events, compared))


def change_asked(mc: MonteCarlo, droop: VoltageDroop, most: float, event: Event) -> Draws:
    """Draws of the change of reactive power in var that the voltages as read ask for.

    The droop acts on the voltage at the point of common coupling, before and after the step: it is
    what the analyser reads there, not what was set.
    """
    assert event.idle is not None and event.answered is not None
    before, after = (
        droop_answer(mc.mean(seen.voltage.readings()) - NOMINAL, droop.slope, droop.dead_band, most)
        for seen in (event.idle, event.answered)
    )
    return after - before


def _evidence(
    run: Run,
    rig: PowerRig,
    result: str,
    droop: VoltageDroop,
    rated: Plate,
    events: Sequence[Event],
    compared: clocks.Clocks,
) -> Evidence:
    kind = steps.Kind(
        "reactive",
        "var",
        rated.apparent,
        lambda mc, event: change_asked(mc, droop, rated.apparent, event),
        lambda event: f"{event.voltage:g} V",
    )
    marks, budget = steps.marks_of(run, rig, kind, events)
    return shown(
        run,
        result,
        marks,
        also=(clocks.told(compared),),
        left_out=LEFT_OUT,
        unstated=unstated(run.sample, run.contributions, (), NEEDED),
        budget=budget,
    )
