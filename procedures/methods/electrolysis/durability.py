"""A cell at constant current for a thousand hours: acquisition and evidence."""

from __future__ import annotations

import numpy as np

from labctl import clock
from labctl.evidence import Evidence, Reading
from labctl.gaps import Gaps
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.methods.electrolysis.conditions import observed_run, run_log, seconds_held
from procedures.methods.electrolysis.decay import Decay, Series, series
from procedures.methods.electrolysis.electrode import (
    AREA,
    DRIFT,
    OFFSET,
    VOLTAGE,
    Electrode,
    electrode_on,
)
from procedures.methods.electrolysis.reading import METER, Look, look
from procedures.methods.electrolysis.working import at_work, rest
from procedures.methods.endurance.exposing import expose
from procedures.methods.frozen import Fresh
from rigs.electrolysis import ElectrolysisRig

EVERY = 4 * 3600.0
"""Seconds between two looks: the voltage's own disturbances last for a day."""

PAUSE, AGAIN = 2 * 3600.0, 3600.0
"""Seconds at rest after the run in which the recoverable part recovers, and under current after
that before the voltage is read again."""

LAST = 6
"""Looks at the end of the run that the recovered voltage is compared with, a day; as many are
taken after the pause, ten minutes apart."""

GAPS = Gaps(longest=12 * 3600.0, total=36 * 3600.0, settle=2 * 3600.0)
"""Half a day at rest brings the recoverable part back, which builds up again within what the line's
scatter knows; more of them would be another test. Two hours bring temperature and water back. Our
choice: no standard names one."""

HOW = N_(
    "Constant current at the set temperature, a look each 4 h. Voltages at the taps are taken to "
    "the set temperature by the electrode's coefficient; a parabola through those from 150 h to "
    "the end, whose slope at half the run is the mean decay, so that what builds up in days and "
    "recovers at rest is not in it. Its uncertainty knows the memory of the series."
)
PART = N_("Recovered in two hours at rest after the run, and kept apart: {mv} mV.")
LEFT_OUT = (
    N_("drift of the current within the supply's stability"),
    N_("what the restart after an interruption does to the decay"),
    N_("decay in the first 150 h that differs from what the bend of the rest tells"),
)


async def steady_decay(
    run: Run, rig: ElectrolysisRig, result: str, *, seconds: float, density: float, celsius: float
) -> Evidence:
    """Evidence for `result`: lasting rise of the voltage in V/h in `seconds` s at `density` in
    A/cm2 and `celsius` in degC."""
    electrode = electrode_on(run)
    current = density * electrode.area
    looks = await _exposed(run, rig, electrode, (density, celsius), seconds)
    end = await rest(run, rig, "steady")
    run.progress(0.96, "recovery")
    after = await _recovered(run, rig, celsius, current)
    log = run_log(run, electrode, looks, end)
    names = ("voltage", "current", "temperature")
    read = {name: await run.readings(f"steady/{name}") for name in names}
    for observed in observed_run(run.monte_carlo, electrode, log, read, run.band):
        run.observe(observed)
    decay = Decay(electrode, _series(run, looks, read["voltage"]), celsius, "steady")
    before = float(np.mean([one.voltage for one in looks[-LAST:]]))
    part = Text(PART, {"mv": f"{1e3 * (before - after):.2f}"})

    def reduction(mc: MonteCarlo) -> Draws:
        return decay.rate(mc)

    return run.evidence(
        {result: run.figure(result, reduction, "V/h")},
        how=(HOW, part),
        left_out=LEFT_OUT,
        unstated=electrode.unstated((AREA, VOLTAGE), (OFFSET, DRIFT)),
        budget=run.monte_carlo.budget(reduction, result),
    )


async def _exposed(
    run: Run,
    rig: ElectrolysisRig,
    electrode: Electrode,
    point: tuple[float, float],
    seconds: float,
) -> list[Look]:
    """Looks during `seconds` s at `point`, A/cm2 and degC; time out of a band is made up for."""
    density, celsius = point
    meter = Fresh(METER)

    async def one(elapsed: float, before: Look | None) -> Look:
        seen = await look(run, rig, "steady", meter)
        run.look_at("temperature", seen.temperature, "degC")
        run.look_at("current_density", seen.current / electrode.area, "A/cm**2")
        return seen

    def held(looks: list[Look]) -> float:
        return seconds_held(run_log(run, electrode, looks, clock.now()), run.band)

    async with run.scope("steady", lambda: at_work(rig, celsius, density * electrode.area)):
        return await expose(run, "run", seconds, EVERY, one, Look, held, until=0.95)


async def _recovered(run: Run, rig: ElectrolysisRig, celsius: float, current: float) -> float:
    """Voltage in V at `current` in A after a pause without one."""

    async def again() -> float:
        await clock.sleep(PAUSE)
        await at_work(rig, celsius, current)
        await clock.sleep(AGAIN)
        seen: list[float] = []
        for _ in range(LAST):
            seen.append((await look(run, rig, "recovered")).voltage)
            await clock.sleep(600.0)
        await rig.supply.output(False)
        return sum(seen) / len(seen)

    return await run.step("recovery", again, float)


def _series(run: Run, looks: list[Look], voltage: list[Reading]) -> Series:
    """The looks as a series by the hours of the run, interruptions taken out."""
    by_time = {reading.t: reading for reading in voltage}
    begin = run.exposed(looks[0].t)
    hours = [(run.exposed(one.t) - begin) / 3600.0 for one in looks]
    read = [[by_time[one.t]] for one in looks]
    return series(hours, read, [one.temperature for one in looks])
