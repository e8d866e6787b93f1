"""Powers by a thermal head: dark, lit and dark again, each after its response has died away.

ISO 11554:2017, clause 7: the detector's response must have settled, its zero is taken with the beam
blocked, its correction is that of the wavelength. The zero of a thermal head creeps with the
temperature of its body: the lit readings are less the line between the two dark ones, in time.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from labctl import clock
from labctl.asking.prompts import ChoicePrompt
from labctl.errors import InstrumentError, OperatorError
from labctl.evidence import Reading
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from rigs.laser import LaserRig

RESPONSE = 30.0
"""Seconds after a change of light: ten times and more of the slowest heads of some hundred watts
(5 s to 95 %, which are three time constants)."""

INTERVAL, COUNT = 1.0, 8
"""Seconds between readings, and how many make one level."""

OUTPUT, PUMP = "output", "pump"

SPECTRAL, PATH, DRIFT = "spectral_response", "beam_path", "pump_drift"
"""Contributions of the bench, relative: of the head's correction at one wavelength; of mirrors and
windows before the head at one place; of the pump's power at one setting."""

TEXTS = {
    OUTPUT: N_("Put the head of the power meter into the output beam; the shutter is closed"),
    PUMP: N_("Put the head of the power meter into the pump beam; the shutter is closed"),
}

Readings = tuple[Reading, ...]


class Levels(msgspec.Struct, frozen=True):
    """Readings in W: `dark` before, `lit` at each setting of the pump in W, `after` dark again."""

    settings: tuple[float, ...]
    dark: Readings
    lit: tuple[Readings, ...]
    after: Readings


async def place(run: Run, name: str, where: str) -> None:
    """Have people put the head to `where`, with the shutter closed; `OperatorError` if not."""
    prompt = ChoicePrompt(f"{name}/head", TEXTS[where], options=(where, "no"), simulated=where)
    if await run.ask(prompt) != where:
        raise OperatorError(
            f"the head is not in the {where} beam", remedy="put it there when you are asked to"
        )


async def levels(
    run: Run, rig: LaserRig, name: str, wavelength: float, settings: Sequence[float], most: float
) -> Levels:
    """The powers at each of `settings` of the pump in W, as one step; the head is set to
    `wavelength` in m and the scale that holds `most` in W. Shutter closed and pump off at its end.
    """

    async def read() -> Levels:
        await rig.shutter.shutter(False)
        meter = rig.power_meter
        await meter.set_wavelength(wavelength)
        await meter.set_range(most)
        await meter.set_averages(1)
        await rig.pump.set_pulses(frequency=0.0, width=0.0)
        await rig.pump.set_power(settings[0])
        await rig.pump.emission(True)
        dark = await settled(rig)
        await rig.shutter.shutter(True)
        lit = list[Readings]()
        for setting in settings:
            await rig.pump.set_power(setting)
            lit.append(await settled(rig))
        await rig.shutter.shutter(False)
        after = await settled(rig)
        await rig.pump.emission(False)
        for readings in (dark, *lit, after):
            await run.record(f"{name}/power", *readings)
        return Levels(tuple(settings), dark, tuple(lit), after)

    return await run.step(f"{name}/levels", read, Levels)


async def settled(rig: LaserRig) -> Readings:
    """Readings in W once the head has followed; `InstrumentError` where it stands still, whose
    noise is seen in the last digits of a power."""
    await clock.sleep(RESPONSE)
    found = list[Reading]()
    for _ in range(COUNT):
        found.append(await rig.power_meter.power())
        await clock.sleep(INTERVAL)
    if len({one.value for one in found}) == 1:
        raise InstrumentError(
            f"the power meter gave the same reading {COUNT} times",
            address=found[0].address,
            answer=f"{found[0].value:.9g} W",
            remedy="see at the meter whether it still measures",
        )
    return tuple(found)


def powers(mc: MonteCarlo, found: Levels, name: str) -> Draws:
    """Draws of the powers in W less the zero, shape (draws + 1, n), with their scatter."""
    shares = np.array([zero_share(found, readings) for readings in found.lit])
    before, after = mc.mean(found.dark), mc.mean(found.after)
    zero = before + (after - before) * shares
    return np.hstack([level(mc, one, f"{name} {n}") for n, one in enumerate(found.lit)]) - zero


def level(mc: MonteCarlo, readings: Readings, name: str) -> Draws:
    """Draws of the mean of `readings` in W with the scatter that they show, (draws + 1, 1)."""
    values = [one.value for one in readings]
    return mc.mean(readings) + mc.repeated(f"scatter/{name}", values) - float(np.mean(values))


def zero_share(found: Levels, readings: Readings) -> float:
    """How far `readings` lie between the dark levels in time, 0 to 1."""
    times = [float(np.mean([one.t for one in part])) for part in (found.dark, found.after)]
    middle = float(np.mean([one.t for one in readings]))
    return (middle - times[0]) / (times[1] - times[0])


def creep(mc: MonteCarlo, found: Levels, name: str) -> Draws:
    """Draws in W of what the zero may lie off the line between its ends, shape (draws + 1, 1): a
    quarter of its change, as of a bow, or the scatter of its ends where that is more."""
    ends = [np.array([one.value for one in part]) for part in (found.dark, found.after)]
    change = abs(float(ends[1].mean() - ends[0].mean())) / 4.0
    noise = max(float(end.std(ddof=1)) / len(end) ** 0.5 for end in ends)
    return max(change, noise) * mc.normal(f"zero of the head/{name}")


def stated(mc: MonteCarlo, run: Run, name: str, what: str) -> Draws:
    """Draws of a factor around 1 of the bench's contribution `name` for `what`, (draws + 1, 1)."""
    known = run.contributions.get(name)
    u = 0.0 if known is None else known.to("dimensionless").u
    return 1.0 + u * mc.normal(f"bench/{name}/{what}")
