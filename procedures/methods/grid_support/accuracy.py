"""Control accuracy: power of the units together against the command, at several set points."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.methods.contributions import unstated
from procedures.methods.grid_support import clocks
from procedures.methods.grid_support.arranging import plate, working
from procedures.methods.grid_support.pcc import (
    PHASE,
    Seen,
    joined,
    phase_draws,
    read,
    set_range,
    units_draws,
)
from procedures.methods.site_at_work import require_at_work
from procedures.methods.trace import Trace
from rigs.power import PowerRig

SHARES = (-0.25, 0.25, -0.5, 0.5, -0.75, 0.75, -1.0, 1.0)
"""Set points over the rated power, delivered positive (GB/T 36548-2018, 7.2.1, from memory: steps
of alternating sign held for 30 s, mean of the second 15 s)."""

SETTLE, INTERVAL, READINGS, IDLE = 15.0, 2.0, 8, 3
"""Seconds before the readings, and of each; readings at a set point, and at 0 W about it."""

LOADS = 800.0
"""Room in W for the loads beside the units."""

BUDGET_DRAWS = 200
"""Draws for a budget line: enough for two digits."""

HOW = N_(
    "Signed error of the units' power against the command, over the command, at {count} set "
    "points from {low} kW to {high} kW: {errors} %. The one of largest magnitude decides. The "
    "units' power is what the site draws at 0 W before and after less what it draws then, mean of "
    "{time} s after {settle} s."
)
LEFT_OUT = (
    N_("definition: error over the command, worst of the set points, mean of 15 s after 15 s"),
    N_("clock skew of command and output: means of settled power do not depend on it"),
    N_("set points between those that were tried, and another voltage or frequency of the grid"),
)


class Point(msgspec.Struct, frozen=True):
    """Readings at a set point of `command` W, and at 0 W `before` and `after` it on one range;
    `skew` of the clocks when it was taken."""

    command: float
    before: Seen
    now: Seen
    after: Seen
    skew: clocks.Skew


async def control_accuracy(run: Run, rig: PowerRig, result: str) -> Evidence:
    """Evidence for `result`: the signed relative error of largest magnitude, in %."""
    points: list[Point] = []
    async with run.scope("accuracy", lambda: working(rig, (), INTERVAL)):
        compared = await clocks.compare(run, rig)
        for number, share in enumerate(SHARES):
            run.progress(number / len(SHARES), f"{100 * share:+g} %")
            point = await run.step(f"{share:+g}", lambda to=share: _point(run, rig, to), Point)
            points.append(point)
    return await run.reduce(lambda: _evidence(run, rig, result, points, compared))


async def _point(run: Run, rig: PowerRig, share: float) -> Point:
    rated = (await plate(rig)).active
    await rig.site.set_power(0.0)
    await set_range(rig, abs(share) * rated + LOADS)
    before = await read(run, rig, "idle", IDLE, after=SETTLE)
    taken = await rig.site.set_power(share * rated)
    now = await read(run, rig, "commanded", READINGS, after=SETTLE)
    await rig.site.set_power(0.0)
    after = await read(run, rig, "idle", IDLE, after=SETTLE)
    await require_at_work(rig.site)
    # The command is what was asked, not what a coarse controller made of it.
    return Point(share * rated, before, now, after, clocks.skew_of(taken.taken))


def _evidence(
    run: Run, rig: PowerRig, result: str, points: Sequence[Point], compared: clocks.Clocks
) -> Evidence:
    def reduction(mc: MonteCarlo) -> Draws:
        return worst_error(mc, run, rig, points)

    return run.evidence(
        {result: run.figure(result, reduction, "%")},
        how=(_how(rig, points), clocks.told(compared)),
        left_out=LEFT_OUT,
        unstated=unstated(run.sample, run.contributions, (), (PHASE,)),
        budget=run.monte_carlo.budget(reduction, result, BUDGET_DRAWS),
    )


def plain_error(rig: PowerRig, point: Point) -> float:
    """The signed relative error in %, undisturbed."""
    drawn = float(_idle(point).array.mean() - point.now.power.array.mean())
    return 100.0 * (rig.current_transformer.ratio.value * drawn / point.command - 1.0)


def _idle(point: Point) -> Trace:
    return joined(point.before.power, point.after.power)


def worst_error(mc: MonteCarlo, run: Run, rig: PowerRig, points: Sequence[Point]) -> Draws:
    """Draws of the signed error of largest magnitude in %, shape (draws + 1, 1).

    The item is that of the undisturbed errors: what is common to all set points (the analyser's
    gain, the transformer's ratio) moves none before another, and their own noise is far smaller.
    """
    worst = max(points, key=lambda point: abs(plain_error(rig, point)))
    ratio = rig.current_transformer.ratio
    power = units_draws(mc, f"{worst.command:g}", _idle(worst), worst.now.power, ratio)
    reactive = joined(worst.before.reactive, worst.after.reactive).array.mean()
    moved = ratio.value * float(reactive - worst.now.reactive.array.mean())
    drift = float(worst.before.power.array.mean() - worst.after.power.array.mean())
    power = power + phase_draws(mc, run.contributions, moved)
    power = power + mc.rectangular(
        "loads", 0.5 * ratio.value * abs(drift), "change of the power drawn at 0 W"
    )
    return 100.0 * (power / worst.command - 1.0)


def _how(rig: PowerRig, points: Sequence[Point]) -> Text:
    commands = [1e-3 * point.command for point in points]
    values = {
        "count": str(len(points)),
        "low": f"{min(commands):g}",
        "high": f"{max(commands):g}",
        "errors": ", ".join(f"{plain_error(rig, point):+.3f}" for point in points),
        "time": f"{READINGS * INTERVAL:g}",
        "settle": f"{SETTLE:g}",
    }
    return Text(HOW, values)
