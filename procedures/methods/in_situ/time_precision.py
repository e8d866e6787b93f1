"""Precision in time of an in-situ method: its stamps of flashes of known timing, as evidence."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import numpy as np

from drivers.roles.oscilloscope import Oscilloscope
from labctl.asking.prompts import NumberPrompt
from labctl.errors import InstrumentError
from labctl.evidence import Evidence, Reading
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.shapes import student
from labctl.words import Text
from procedures.methods.in_situ.stamps import edge_time, stamp_errors
from procedures.methods.precision import Spread, drawn_spread, signed_end, spread_of
from rigs.in_situ import InSituRig

BASE, SENSING = "time_base", "light_sensing"
NEEDED = (BASE, SENSING)
"""Contributions that the bench states: of the flasher's period (relative), and of what photodiode
and cable add to the delay of its light (s)."""

TRIGGER, LIGHT = 1, 2
"""Channels of the oscilloscope."""

BLOCK = 20
"""Flashes whose mean is one reading of the mean error: a latency that wanders under the jitter is
not seen from stamp to stamp, and its memory is taken to be shorter than a block."""

WAIT = 120.0
"""Seconds in which the next series is there."""

BUDGET_DRAWS = 300
"""Draws for a budget line: enough for two digits."""

PERIOD = NumberPrompt(
    "reference/period",
    N_("Period of the flashing reference by its certificate"),
    unit="s",
    low=1e-4,
    high=10.0,
    simulated="19.73 ms",
)
HOW = N_(
    "{events} flashes of known timing stamped by the light of the frames round them; stamps are "
    "late by {mean} ms with a standard deviation of {deviation} ms (trigger jitter, exposure and "
    "dead time, noise of the frames). The figure is the mean and 1.96 standard deviations to its "
    "side: the signed error that 95 % of stamps do not pass. The light comes {delay} us after the "
    "trigger."
)
LEFT_OUT = (
    N_("jitter of the flashes themselves, which the standard deviation holds as the method's"),
)


class Stamped(msgspec.Struct, frozen=True):
    """A series reduced, with the period as stated: mean `error` in s with its scatter `u` of so
    many degrees of `freedom`, `deviation` in s with its `deviation_u`; `middle` in s is the mean
    time of the flashes, `events` their number, `sha256` that of the file."""

    sha256: str
    events: int
    middle: float
    error: float
    u: float
    freedom: float
    deviation: float
    deviation_u: float


async def time_precision(run: Run, rig: InSituRig) -> Evidence:
    """Evidence for `time_precision`: mean error and 1.96 standard deviations of stamps, in s."""
    period = (await run.ask(PERIOD)).value
    delay = await run.step("delay", lambda: _delay(run, rig.scope), Reading)
    seen = await run.step("series", lambda: _series(rig, period, delay.value), Stamped)
    return await run.reduce(lambda: _evidence(run, period, delay, seen))


async def _delay(run: Run, scope: Oscilloscope) -> Reading:
    """Time in s from half the trigger's edge to half the light, by one record."""
    for channel in (TRIGGER, LIGHT):
        await scope.set_channel(
            channel, span=8.0, offset=1.5, coupling="dc", impedance="1M", probe=1.0
        )
    await scope.set_timebase(240e-6, delay=60e-6)
    await scope.set_trigger(TRIGGER, level=1.65, slope="rising")
    await scope.arm()
    await scope.wait(timeout=5.0)
    first, second = await scope.waveform(TRIGGER), await scope.waveform(LIGHT)
    edges = [edge_time(one.time.values, one.voltage.values) for one in (first, second)]
    time = first.time
    seen = Reading(
        float(edges[1] - edges[0]), "s", time.t, time.utc, time.address, time.serial, time.accuracy
    )
    await run.record("reference/delay", seen)
    return seen


async def _series(rig: InSituRig, period: float, delay: float) -> Stamped:
    """The next series of frames, reduced."""
    before = (await rig.detector.latest()).file.sha256
    found = await rig.detector.following(before, timeout=WAIT)
    if len(found.result) != 1:
        raise InstrumentError(
            f"the file {found.file.name} holds {len(found.result)} channels, expected one",
            address=rig.detector.address,
            remedy="log the brightness of the frames alone",
        )
    channel = found.result[0]
    # Unix times of doubles have steps of 0.2 us: one interval would be wrong by 1 in 10,000.
    frame = float(channel.time[-1] - channel.time[0]) / (len(channel.time) - 1)
    errors = stamp_errors(channel.values.values, frame, period, delay)
    blocks = errors[: len(errors) // BLOCK * BLOCK].reshape(-1, BLOCK).mean(axis=1)
    u = float(np.std(blocks, ddof=1)) / len(blocks) ** 0.5
    spread = spread_of(errors)
    middle = 0.5 * frame * len(channel.time)
    return Stamped(
        *(found.file.sha256, len(errors), middle),
        *(float(errors.mean()), u, len(blocks) - 1.0, spread.value, spread.u),
    )


def _evidence(run: Run, period: float, delay: Reading, seen: Stamped) -> Evidence:
    def reduction(mc: MonteCarlo) -> Draws:
        return signed_end(
            _mean(mc, period, delay, seen, run.contributions),
            drawn_spread(mc, "stamps/deviation", Spread(seen.deviation, seen.deviation_u)),
        )

    return run.evidence(
        {"time_precision": run.figure("time_precision", reduction, "s")},
        how=_how(delay, seen),
        left_out=LEFT_OUT,
        unstated=tuple(Unstated(name) for name in NEEDED if name not in run.contributions),
        budget=run.monte_carlo.budget(reduction, "time_precision", BUDGET_DRAWS),
    )


def _mean(
    mc: MonteCarlo,
    period: float,
    delay: Reading,
    seen: Stamped,
    contributions: Mapping[str, Quantity],
) -> Draws:
    """Draws of the mean error in s: a longer delay, or a longer period, makes stamps less late."""
    scatter = mc.certified("stamps/mean", seen.u, student(seen.freedom), "series of stamps")
    light = mc.readings([delay])[:, :1] - delay.value
    base, sensing = (
        contributions[name].to(unit).u * mc.normal(f"bench/{name}")
        if name in contributions
        else 0.0
        for name, unit in ((BASE, "dimensionless"), (SENSING, "s"))
    )
    return seen.error + scatter - light + sensing - seen.middle * base


def _how(delay: Reading, seen: Stamped) -> Text:
    values = {
        "events": str(seen.events),
        "mean": f"{1e3 * seen.error:.3f}",
        "deviation": f"{1e3 * seen.deviation:.3f}",
        "delay": f"{1e6 * delay.value:.1f}",
    }
    return Text(HOW, values)
