"""The power that a station holds for a set time, at half charge."""

from __future__ import annotations

import asyncio

import msgspec
import numpy as np

from labctl import clock
from labctl.evidence import Evidence, Reading
from labctl.gaps import Gaps
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Words
from procedures.analysis.hold import end_slope, mean_over
from procedures.methods.hybrid_storage.cycling import LOOK, RATE, charged
from procedures.methods.hybrid_storage.plant import POWER, Plant, plant_on
from procedures.methods.hybrid_storage.working import ready, require_no_alarm
from procedures.methods.observing import observed_amount
from procedures.methods.one_figure import one_figure
from procedures.methods.repeats import mean_of
from procedures.methods.trace import Trace, trace
from rigs.hybrid import AIR, HybridRig

ASKED = 1.4
"""Times the rated power that is asked for: more than a station gives, so that its own limits set
what it does."""

PULSES = 3
"""Holds, each after a full charge of its own."""

HALF = 3600.0
"""Seconds at the rate of 0.5 P after a full charge: half of the rated energy is taken."""

RESTED = 600.0
"""Seconds at rest before a hold."""

BEGIN = 1.0
"""Seconds after the command from which the hold counts: the answer has settled."""

INTERVAL, LOOKS = 0.25, 20
"""Seconds of the wattmeters' interval in a hold, and looks that are spread over it."""

GAPS = Gaps(longest=24 * 3600.0, total=96 * 3600.0)
"""What is interrupted is done again from a full charge on."""

HOW = N_(
    "After a full charge half of the rated energy is taken at 0.5 times the rated energy per hour, "
    "and the station rests for ten minutes. Then more is asked for than it can give, and the mean "
    "power of three phases at the AC terminals is taken over the set time, one second after the "
    "command on; no alarm of banks or controller stood at its end. Mean of three holds, taken to "
    "25 degC by the station's coefficient."
)
LEFT_OUT: tuple[Words, ...] = (
    N_("other starting states of charge than half of the rated energy, which define the figure"),
    N_("phase displacement of the current transformers, at a power factor of 1"),
    N_("class of the wattmeters beyond a power that changes within an update interval"),
)


class Hold(msgspec.Struct, frozen=True):
    """One hold: `power` in W by phase at each look, positive into the station, `seconds` since the
    command at the middle of each look, `held` s in all from the begin that counts, and `air` in
    degC at the inlets."""

    power: tuple[tuple[Reading, ...], ...]
    seconds: tuple[float, ...]
    held: float
    air: Trace


async def peak_power(run: Run, rig: HybridRig, result: str) -> Evidence:
    """Evidence for `result`: power in W that the station holds for the set duration."""
    plant = plant_on(run, rig)
    seconds = run.set_point("duration", "s")

    async def one(index: int, _: Hold | None) -> Hold:
        return await _hold(run, rig, plant, seconds, index + 1)

    async with run.scope("peak", lambda: ready(rig, plant, ASKED * plant.rated_power, INTERVAL)):
        holds = await run.cycles("holds", PULSES, one, Hold)

    def figure(mc: MonteCarlo) -> Draws:
        return mean_of(mc, [_power(mc, plant, one, seconds) for one in holds], "peak")

    held = min(one.held for one in holds)
    run.observe(observed_amount("duration", min(held, seconds), "s"))
    unstated = plant.unstated(POWER)
    return await one_figure(
        run, result, "W", figure, how=(HOW,), left_out=LEFT_OUT, unstated=unstated
    )


async def _hold(run: Run, rig: HybridRig, plant: Plant, seconds: float, number: int) -> Hold:
    """One hold of `seconds` in s, after a charge and half a discharge of its own."""
    await half_full(rig, plant)
    air = await rig.logger.temperatures(AIR)
    command = await rig.site.set_power(ASKED * plant.rated_power)
    begin = clock.now()
    looks: list[tuple[Reading, ...]] = []
    middles: list[float] = []
    # A look waits for the end of the interval under way and takes the next one.
    for offset in np.linspace(BEGIN, BEGIN + seconds - 2.5 * INTERVAL, LOOKS):
        await clock.sleep_until(begin + float(offset))
        found = await asyncio.gather(*(meter.measure(1) for meter in rig.analyzers))
        looks.append(tuple(one.power for one in found))
        middles.append(looks[-1][0].t - begin - 0.5 * INTERVAL)
    await clock.sleep_until(begin + BEGIN + seconds)
    held = clock.now() - begin - BEGIN
    await rig.site.set_power(0.0)
    await require_no_alarm(rig)
    for phase in range(len(rig.analyzers)):
        channel = f"hold-{number}/power-{phase + 1}"
        await run.record(channel, *(look[phase] for look in looks))
    run.progress(0.9 * number / PULSES, f"hold {number}: {command.active:g} W in force")
    return Hold(tuple(looks), tuple(middles), held, trace(air))


async def half_full(rig: HybridRig, plant: Plant) -> None:
    """Full charge, then half of the rated energy taken, then a rest; call it inside a step."""
    await charged(rig, plant, RATE, rest=LOOK)
    await rig.site.set_power(plant.power(RATE))
    await clock.sleep(HALF)
    await rig.site.set_power(0.0)
    await clock.sleep(RESTED)


def _power(mc: MonteCarlo, plant: Plant, seen: Hold, seconds: float) -> Draws:
    """Draws of the mean power in W out of the station over `seconds` in s, at 25 degC."""
    looks = np.stack([plant.all_phases(mc, readings) for readings in seen.power], axis=1)
    window = BEGIN, BEGIN + seconds
    power = -mean_over(np.array(seen.seconds), looks, window)
    slope = end_slope(np.array(seen.seconds), -looks[0])
    # The window's ends are known to half an interval; what the power does there is worth so much.
    ends = mc.rectangular("time window", 0.5 * INTERVAL * abs(slope), "ends of the hold")[:, 0]
    return (power + ends) / plant.warmed(mc, POWER, seen.air.readings())
