"""Automatic generation control: a dispatch centre's power signal, followed by the units or not."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from drivers.roles.power_analyzer import PowerReading
from labctl import clock
from labctl.evidence import Evidence, Figure
from labctl.i18n import N_
from labctl.run import Run
from labctl.words import Text
from procedures.analysis.following import Following, following
from procedures.methods.grid_support import clocks
from procedures.methods.grid_support.arranging import plate, working
from procedures.methods.grid_support.deciding import Mark, inside
from procedures.methods.grid_support.pcc import Seen, look, read, seen_of
from procedures.methods.grid_support.relative import gain_draws
from procedures.methods.grid_support.showing import shown
from procedures.methods.site_at_work import require_at_work
from procedures.methods.trace import trace
from rigs.power import PowerRig

Array = NDArray[np.float64]

SIGNAL = (0.2, -0.3, 0.5, 0.1, -0.6, 0.4, 0.8, -0.4, -0.8, 0.6, -0.1, 0.3)
"""Levels of the signal over the rated power, delivered positive: declared."""

HELD, EVERY, INTERVAL = 20.0, 2.0, 0.25
"""Seconds for which a level stands, between readings, and of a reading's mean."""

SETTLED = 12.0
"""Seconds after a command from which on the answer counts for the gain."""

LOW, HIGH, QUICK = 0.9, 1.1, 10.0
"""Gain and delay in s that count as following: declared, since the indicator says none."""

DELAYS: Array = np.arange(0.0, HELD, 0.25)
"""Delays in s that are tried."""

FOLLOWED = N_(
    "{count} commands over MQTT, {held} s each, from {least} kW to {most} kW: the units follow "
    "with a gain of {gain} +- {expanded} where they have settled (declared: {low} to {high})."
)
DELAYED = N_(
    "The answer is {delay} s +- {step} s behind the command (declared: {quick} s); with that delay "
    "the command explains {explained} % of it."
)
GAIN_DOUBT = "a gain that is surely inside or outside what is declared"
DELAY_DOUBT = "a delay that is surely inside or outside what is declared"
LEFT_OUT = (
    N_("definition: signal, gain and delay are the method's choice, the indicator states none"),
    N_("grid simulator fidelity: voltage and frequency stand, and the power does not depend on it"),
)


class Dispatched(msgspec.Struct, frozen=True):
    """Run times in s of the `commands` and their `levels` in W, readings at 0 W (`idle`) and over
    the signal at the times `t` in s; `skew` of the clocks at the first command."""

    commands: tuple[float, ...]
    levels: tuple[float, ...]
    idle: Seen
    seen: Seen
    t: tuple[float, ...]
    skew: clocks.Skew


async def generation_control(run: Run, rig: PowerRig, result: str) -> Evidence:
    """Evidence for `result`: whether the units follow a dispatch centre's signal."""

    async def arrange() -> None:
        await working(rig, ("dispatch",), INTERVAL)
        await rig.dispatch.set_power(0.0)
        await look(rig)

    async with run.scope("dispatch", arrange):
        compared = await clocks.compare(run, rig)
        found = await run.step("signal", lambda: _signal(run, rig), Dispatched)
    return await run.reduce(lambda: _evidence(run, rig, result, found, compared))


async def _signal(run: Run, rig: PowerRig) -> Dispatched:
    rated = (await plate(rig)).active
    await rig.dispatch.set_power(0.0)
    idle = await read(run, rig, "idle", 6, after=SETTLED)
    commands: list[float] = []
    skews: list[clocks.Skew] = []
    found: list[PowerReading] = []
    begin = clock.now()
    for number, share in enumerate(SIGNAL):
        sent = clock.now()
        taken = await rig.dispatch.set_power(share * rated)
        commands.append(0.5 * (sent + clock.now()))
        skews.append(clocks.skew_of(taken.taken))
        end = begin + (number + 1) * HELD
        while clock.now() + EVERY < end:
            found.append(await look(rig))
            await clock.sleep(EVERY - INTERVAL)
        await clock.sleep_until(end)
    await require_at_work(rig.site, ("dispatch",))
    await rig.dispatch.set_power(0.0)
    await run.record("signal/power", *(one.power for one in found))
    times = tuple(one.power.t - 0.5 * INTERVAL for one in found)
    levels = tuple(share * rated for share in SIGNAL)
    return Dispatched(tuple(commands), levels, idle, seen_of(found), times, skews[0])


def answer_of(rig: PowerRig, found: Dispatched) -> Array:
    """What the units make in W at each time, shape (n,)."""
    ratio = rig.current_transformer.ratio.value
    return ratio * (found.idle.power.array.mean() - found.seen.power.array)


def settled(found: Dispatched) -> NDArray[np.bool_]:
    """Which readings were taken `SETTLED` s or more after a command, shape (n,)."""
    times, commands = np.array(found.t), np.array(found.commands)
    last = commands[np.searchsorted(commands, times, side="right") - 1]
    return times - last >= SETTLED


def fits(rig: PowerRig, found: Dispatched) -> tuple[Following, Following]:
    """How the answer follows the whole signal, and how it does where it has settled."""
    times, answer = np.array(found.t), answer_of(rig, found)
    commands, levels = np.array(found.commands), np.array(found.levels)
    whole = following(times, answer, commands, levels, DELAYS)
    where = settled(found)
    still = following(times[where], answer[where], commands, levels, np.zeros(1))
    return whole, still


def _evidence(
    run: Run, rig: PowerRig, result: str, found: Dispatched, compared: clocks.Clocks
) -> Evidence:
    whole, still = fits(rig, found)
    chosen = found.seen.power.chosen(settled(found))
    ratio, mc = rig.current_transformer.ratio, run.monte_carlo
    draws = gain_draws(mc, "signal", still, found.idle.power, trace(chosen), ratio)
    gain = mc.figure(draws, "dimensionless")
    marks = [_gain_mark(found, gain), _delay_mark(whole)]
    return shown(run, result, marks, also=(clocks.told(compared),), left_out=LEFT_OUT)


def _gain_mark(found: Dispatched, gain: Figure) -> Mark:
    values = {
        "count": str(len(found.levels)),
        "held": f"{HELD:g}",
        "least": f"{1e-3 * min(found.levels):g}",
        "most": f"{1e-3 * max(found.levels):g}",
        "gain": f"{gain.value:.4f}",
        "expanded": f"{gain.expanded:.4f}",
        "low": f"{LOW:g}",
        "high": f"{HIGH:g}",
    }
    return Mark(inside(gain, LOW, HIGH), GAIN_DOUBT, Text(FOLLOWED, values))


def _delay_mark(whole: Following) -> Mark:
    """The delay is known to the spacing of the readings, to both sides."""
    delay = Figure(whole.delay, "s", EVERY / 3**0.5, whole.delay - EVERY, whole.delay + EVERY)
    values = {
        "delay": f"{whole.delay:g}",
        "step": f"{EVERY:g}",
        "quick": f"{QUICK:g}",
        "explained": f"{100.0 * whole.explained:.1f}",
    }
    return Mark(inside(delay, -EVERY, QUICK), DELAY_DOUBT, Text(DELAYED, values))
