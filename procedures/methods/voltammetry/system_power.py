"""Power that a system takes from its supply over the phases of one analysis."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from labctl import clock
from labctl.asking.prompts import ChoicePrompt
from labctl.errors import OperatorError
from labctl.evidence import Evidence, Reading
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from rigs.voltammetry import VoltammetryRig

VOLTS, AMPERES = 15.0, 1.0
"""Ranges of the meter, in V and A."""

INTERVAL = 2.0
"""Seconds over which each power is the mean."""

REST = 20.0
"""Seconds of log after the time that an analysis is stated to take."""

BAND = 0.02
"""Relative: powers that follow each other within this of the highest are one plateau."""

WARMTH = "system_warmth"
"""Contribution of the bench: how the system's power differs from run to run."""

STARTED = "started"

HOW = N_(
    "The meter in the direct supply line read the mean power over 2 s again and again through one "
    "whole analysis. The peak is the mean of the plateau that the highest of them belongs to; it "
    "is the safe reading of a figure that does not say peak or mean."
)
LEFT_OUT = (
    N_("peaks shorter than 2 s, such as the inrush of a motor"),
    N_("losses of a mains adapter: the direct input of the system is what counts"),
)


class Log(msgspec.Struct, frozen=True):
    """Powers in W, one after the other."""

    power: tuple[Reading, ...]


async def system_power(run: Run, rig: VoltammetryRig, result: str) -> Evidence:
    """Evidence for `result`: power of the phase that takes most, in W."""
    seconds = run.sample.quantity("analysis_time", "s").value

    async def ready() -> float:
        await rig.power_meter.wiring("DC")
        await rig.power_meter.set_range(1, voltage=VOLTS, current=AMPERES)
        await rig.power_meter.set_update_interval(INTERVAL)
        return (await rig.power_meter.measure(1)).power.value

    standby = await run.step("standby", ready, float)
    text = N_("Start one whole analysis on the system now")
    prompt = ChoicePrompt("analysis", text, options=(STARTED, "no"), simulated=STARTED)
    if await run.ask(prompt) != STARTED:
        raise OperatorError("the analysis was not started", remedy="start it when you are asked to")
    log = await run.step("log", lambda: logged(rig, seconds + REST), Log)
    await run.record("power", *log.power)
    return await run.reduce(lambda: _evidence(run, result, log, standby))


async def logged(rig: VoltammetryRig, seconds: float) -> Log:
    """Powers read for `seconds` in s."""
    began, found = clock.now(), list[Reading]()
    while clock.now() - began < seconds:
        found.append((await rig.power_meter.measure(1)).power)
    return Log(tuple(found))


def plateau(power: Sequence[float]) -> slice:
    """Where in the log of `power` in W the plateau of the highest one lies."""
    values = np.asarray(power)
    top = int(np.argmax(values))
    near = values >= (1.0 - BAND) * values[top]
    first, last = top, top
    while first > 0 and near[first - 1]:
        first -= 1
    while last + 1 < len(near) and near[last + 1]:
        last += 1
    return slice(first, last + 1)


def _evidence(run: Run, result: str, log: Log, standby: float) -> Evidence:
    values = [one.value for one in log.power]
    where = plateau(values)
    among = log.power[where]

    def reduction(mc: MonteCarlo) -> Draws:
        scatter = 0.0
        if len(among) > 1:
            scatter = float(np.std([one.value for one in among], ddof=1)) / len(among) ** 0.5
        mean = mc.mean(among) + scatter * mc.normal("scatter", "powers of the plateau")
        warmth = run.contributions.get(WARMTH, Quantity(0.0, "dimensionless"))
        return mean * mc.relative(f"bench/{WARMTH}", warmth)

    words = {
        "mean": f"{np.mean(values):.3g}", "peak": f"{max(values):.4g}",
        "count": str(len(among)), "standby": f"{standby:.3g}",
    }  # fmt: skip
    told = N_(
        "Mean of the whole analysis {mean} W, highest single power {peak} W, plateau of {count} "
        "powers, standby {standby} W."
    )
    return run.evidence(
        {result: run.figure(result, reduction, "W")},
        how=(HOW, Text(told, words)),
        left_out=LEFT_OUT,
        unstated=() if WARMTH in run.contributions else (Unstated(WARMTH),),
        budget=run.monte_carlo.budget(reduction, result),
    )
