"""Peak shaving and valley filling: a day's load, and what the site draws meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from drivers.roles.ups import UninterruptiblePowerSupply
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Evidence, Reading
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.methods.grid_support.arranging import working
from procedures.methods.grid_support.day import DAY, HOUR, schedule_of
from procedures.methods.grid_support.deciding import Mark, inside
from procedures.methods.grid_support.pcc import look, ratio_draws
from procedures.methods.grid_support.showing import shown
from procedures.methods.site_at_work import require_at_work
from rigs.power import PowerRig

RESERVE = 40.0
"""Charge in % of each battery that stays for its load: our choice."""

KEPT = 5.0
"""Points below the reserve that a battery may be told to have: limits of error of what tells it."""

LEAST = 0.1
"""Part of the load's peak by which the peak must fall and the valley rise: declared."""

POINT, OFFSET = 0.5 * HOUR, 0.25 * HOUR
"""Seconds between readings, and of the first after the schedule began: clear of full hours."""

INTERVAL = 1.0
"""Interval of the analyser in s."""

SHAVED = N_(
    "Peak of the load {load} W, of what was drawn from the grid {drawn} W: lowered by {share} % +- "
    "{expanded} % of the load's peak (declared: {least} %)."
)
FILLED = N_(
    "Valley of the load {load} W, of what was drawn from the grid {drawn} W: lifted by {share} % "
    "+- {expanded} % of the load's peak (declared: {least} %)."
)
RESERVED = N_(
    "Lowest charge of a battery {lowest} % +- {expanded} % with a reserve of {reserve} % "
    "(declared: kept to {kept} points)."
)
DOUBTS = (
    "a peak that surely fell, or did not fall, as declared",
    "a valley that surely rose, or did not rise, as declared",
    "a charge that surely kept, or did not keep, the reserve",
)
LEFT_OUT = (
    N_("definition: the day, its schedule and the parts are the method's choice"),
    N_("powers between the readings, half an hour apart"),
    N_("grid simulator fidelity: the power drawn does not depend on it; event timing: no events"),
    N_("losses of the UPS units, which are counted as load by their outputs less than they are"),
)


class Look(msgspec.Struct, frozen=True):
    """At one time: power `drawn` on the transformer's secondary and each UPS's output in W, lowest
    charge of a battery in %."""

    drawn: Reading
    outputs: tuple[Reading, ...]
    charge: Reading


async def peak_shaving(run: Run, rig: PowerRig, result: str) -> Evidence:
    """Evidence for `result`: whether peak and valley of what the site draws were levelled."""

    async def survey(elapsed: float, before: float | None) -> float:
        return sum(one.value for one in await _outputs(rig))

    async with run.scope("load", lambda: working(rig, (), INTERVAL)):
        loads = await run.log("survey", DAY, HOUR, survey, float, until=0.4)

    async def seen(elapsed: float, before: Look | None) -> Look:
        return await _look(run, rig)

    async with run.scope("day", lambda: _scheduled(rig, loads)):
        await run.step("begin", _begin, float)
        looks = await run.log("looks", DAY - POINT, POINT, seen, Look)
    return await run.reduce(lambda: _evidence(run, rig, result, looks))


async def _begin() -> float:
    await clock.sleep(OFFSET)
    return clock.now()


async def _scheduled(rig: PowerRig, loads: Sequence[float]) -> None:
    await working(rig, (), INTERVAL)
    await rig.site.set_schedule(schedule_of(loads), reserve=RESERVE)
    await rig.site.run(True, ("schedule",))


async def _outputs(rig: PowerRig) -> list[Reading]:
    return [await _output(unit) for unit in rig.ups]


async def _output(unit: UninterruptiblePowerSupply) -> Reading:
    """Power of its load in W; `InstrumentError` where it does not tell: a load that is not counted
    would make the valley too low."""
    found = (await unit.output()).power
    if found is None:
        raise InstrumentError(
            "the UPS does not tell the power of its load",
            address=unit.address,
            remedy="set a unit in its place that measures its output",
        )
    return found


async def _look(run: Run, rig: PowerRig) -> Look:
    drawn = (await look(rig)).power
    outputs = await _outputs(rig)
    charges = [unit.state_of_charge for unit in await rig.site.units()]
    lowest = min(charges, key=lambda one: one.value)
    await require_at_work(rig.site, ("schedule",))
    await run.record("day/drawn", drawn)
    await run.record("day/charge", lowest)
    return Look(drawn, tuple(outputs), lowest)


def load_draws(mc: MonteCarlo, look: Look) -> Draws:
    """Draws of the load in W, shape (draws + 1, 1): the outputs of all UPS together."""
    return np.sum([mc.readings([one]) for one in look.outputs], axis=0)


def drawn_draws(mc: MonteCarlo, rig: PowerRig, look: Look) -> Draws:
    """Draws of what the site draws in W, shape (draws + 1, 1)."""
    return ratio_draws(mc, rig.current_transformer.ratio) * mc.readings([look.drawn])


def load_of(look: Look) -> float:
    """The load in W, undisturbed."""
    return sum(one.value for one in look.outputs)


def _evidence(run: Run, rig: PowerRig, result: str, looks: Sequence[Look]) -> Evidence:
    marks = [
        _levelled(run, rig, looks, peak=True),
        _levelled(run, rig, looks, peak=False),
        _reserved(run, looks),
    ]
    by = f"{len(looks)} readings of a day"
    return shown(run, result, marks, by=by, left_out=LEFT_OUT)


def _levelled(run: Run, rig: PowerRig, looks: Sequence[Look], *, peak: bool) -> Mark:
    """Part of the load's peak by which peak or valley were levelled.

    Which reading is the peak is told by the undisturbed values: noise of single readings does not
    choose among the draws.
    """
    mc = run.monte_carlo
    choose = max if peak else min
    top = max(looks, key=load_of)
    load, drawn = choose(looks, key=load_of), choose(looks, key=lambda one: one.drawn.value)
    moved = load_draws(mc, load) - drawn_draws(mc, rig, drawn)
    draws = (moved if peak else -moved) / load_draws(mc, top)
    share = mc.figure(100.0 * draws, "%")
    values = {
        "load": f"{load_of(load):.0f}",
        "drawn": f"{rig.current_transformer.ratio.value * drawn.drawn.value:.0f}",
        "share": f"{share.value:.1f}",
        "expanded": f"{share.expanded:.1f}",
        "least": f"{100 * LEAST:g}",
    }
    told = Text(SHAVED if peak else FILLED, values)
    return Mark(inside(share, 100.0 * LEAST, 100.0), DOUBTS[0 if peak else 1], told)


def _reserved(run: Run, looks: Sequence[Look]) -> Mark:
    lowest = min((one.charge for one in looks), key=lambda one: one.value)
    found = run.monte_carlo.figure(run.monte_carlo.readings([lowest]), "%")
    values = {
        "lowest": f"{found.value:.1f}",
        "expanded": f"{found.expanded:.1f}",
        "reserve": f"{RESERVE:g}",
        "kept": f"{KEPT:g}",
    }
    return Mark(inside(found, RESERVE - KEPT, 200.0), DOUBTS[2], Text(RESERVED, values))
