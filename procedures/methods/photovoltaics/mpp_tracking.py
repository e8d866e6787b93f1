"""A device held at its maximum power point under light: acquisition and evidence (ISOS-L)."""

from __future__ import annotations

import math
from collections.abc import Callable

import msgspec

from labctl import clock
from labctl.evidence import Evidence, Reading
from labctl.run import Run
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from procedures.analysis.mpp import Tracker, observe
from procedures.methods.endurance.dose import ACTIVATION_ENERGY, Dose
from procedures.methods.endurance.exposing import expose, interval
from procedures.methods.endurance.log import Log, log_of
from procedures.methods.frozen import Fresh
from procedures.methods.photovoltaics import light
from procedures.methods.photovoltaics.chuck import held_at, hold
from procedures.methods.photovoltaics.device import device_on
from procedures.methods.photovoltaics.illuminated import illuminated
from procedures.methods.photovoltaics.iv_sweep import SweepSettings, read_ends
from procedures.methods.photovoltaics.mpp_reduction import (
    HOW,
    LEFT_OUT,
    SOAKING,
    Ending,
    Logged,
    MppLoss,
    windows,
)
from procedures.methods.photovoltaics.standard_conditions import budget
from procedures.methods.trace import Trace, trace
from rigs.photovoltaic import PhotovoltaicRig

STEP = 0.005
"""Step of the tracker's voltage as a part of the open-circuit voltage."""

SEARCH = (0.5, 0.97)
"""Where the maximum power point is looked for, as parts of the open-circuit voltage."""

SWEEP = SweepSettings()
"""Bounds of the source meter."""


async def loss_at_maximum_power(
    run: Run,
    rig: PhotovoltaicRig,
    result: str,
    *,
    seconds: float,
    irradiance: float,
    celsius: float,
) -> Evidence:
    """Evidence for `result`: relative loss of efficiency in % by `seconds` in s of output at the
    maximum power point, at `irradiance` in W/m2 with the device at `celsius` in degC."""
    device = device_on(run, rig)
    now = await light.set_light(run, rig, "mpp", irradiance)
    warmth = device.chuck_for(celsius, irradiance)
    chuck = await hold(run, rig, "mpp", warmth)
    async with run.scope("mpp", lambda: illuminated(rig, now, warmth)):
        found = await run.step("search", lambda: search(run, rig), Found)

    def dose(log: Log) -> Dose:
        return Dose(device, log, chuck, irradiance, celsius)

    tracking = Tracking(run, rig, found, now, irradiance, warmth, celsius)
    logged = await track(tracking, seconds, lambda log: dose(log).seconds_held(run.band))
    run.progress(0.96, "reduction")
    loss = MppLoss(device, logged, irradiance, celsius)
    unstated = device.later(seconds).unstated(ACTIVATION_ENERGY)
    return await run.reduce(lambda: _evidence(run, result, loss, dose(logged.log), unstated))


def _evidence(
    run: Run, result: str, loss: MppLoss, done: Dose, unstated: tuple[Unstated, ...]
) -> Evidence:
    mc = run.monte_carlo
    for observed in done.observed(mc, run.band):
        run.observe(observed)
    growth = loss.growth_percent()

    def reduction(one: MonteCarlo) -> Draws:
        return loss.percent(one) + growth * done.unknown(one)

    return run.evidence(
        {result: run.figure(result, reduction, "%")},
        how=HOW,
        left_out=LEFT_OUT,
        unstated=unstated,
        budget=budget(mc, reduction, result),
    )


class Found(msgspec.Struct, frozen=True):
    """Where tracking begins: voltages in V, currents in A."""

    voltage: float
    open_circuit: float
    compliance: float


async def search(run: Run, rig: PhotovoltaicRig) -> Found:
    """Maximum power point under the light that is on, by a coarse sweep from above."""
    ends = await read_ends(rig, SWEEP)
    compliance = min(1.2 * ends.current, SWEEP.current)
    points = await rig.source_meter.sweep_voltage(
        SEARCH[1] * ends.voltage,
        SEARCH[0] * ends.voltage,
        61,
        delay=SWEEP.delay,
        compliance=compliance,
    )
    await run.record("mpp/search/voltage", *(p.voltage for p in points))
    await run.record("mpp/search/current", *(p.current for p in points))
    best = max(points, key=lambda p: -p.voltage.value * p.current.value)
    return Found(best.voltage.value, ends.voltage, compliance)


class Step(msgspec.Struct, frozen=True):
    """One step of the tracker: run times in s and values of reference cell in V, chuck in degC,
    voltage in V and current in A, the irradiance in W/m2, the light as it was set then, and the
    tracker for the next step. The readings themselves are in the journal."""

    t: tuple[float, float, float, float]
    values: tuple[float, float, float, float]
    irradiance: float
    lit: light.Lit
    tracker: Tracker


CHANNELS = ("reference", "temperature", "voltage", "current")
"""Channels of a step's readings, in its order."""


class Tracking:
    """Perturb and observe at the maximum power point `found`, the light kept at `target` W/m2.

    `lit` is the light as it was set, `celsius` the chuck's temperature in degC with the device at
    `device` degC.
    """

    def __init__(
        self,
        run: Run,
        rig: PhotovoltaicRig,
        found: Found,
        lit: light.Lit,
        target: float,
        celsius: float,
        device: float,
    ) -> None:
        self.run, self.rig, self.found = run, rig, found
        self._lit, self._target, self._celsius = lit, target, celsius
        self._warmer = device - celsius
        self._bounds = SEARCH[0] * found.open_circuit, SEARCH[1] * found.open_circuit
        self._cell, self._meter = Fresh(light.CELL), Fresh("the source meter")
        self._first = Tracker(found.voltage, STEP * found.open_circuit)

    async def arrange(self) -> None:
        """Light, chuck and output as tracking needs them."""
        await illuminated(self.rig, self._lit, self._celsius)
        await self._apply(self._first)
        await self.rig.source_meter.output(True)

    async def step(self, name: str, before: Step | None) -> Step:
        """One step after the one `before`, recorded as `name`/..."""
        run, rig = self.run, self.rig
        lit, tracker = (before.lit, before.tracker) if before else (self._lit, self._first)
        reference = (await light.recorded_reference(run, rig, name, 1)).readings()[0]
        point = await rig.source_meter.measure()
        self._cell.look(reference)
        self._meter.look(point.current)
        chuck = await rig.chuck.temperature()
        irradiance = light.irradiance_of(rig, reference).value
        await _record(run, name, point.voltage, point.current, chuck)
        await held_at(rig, self._celsius, chuck)
        lit = await light.relevelled(run, rig, name, lit, irradiance, self._target)
        run.look_at("irradiance", irradiance, "W/m**2")
        run.look_at("temperature", chuck.value + self._warmer, "degC")
        power = -point.voltage.value * point.current.value
        tracker = observe(tracker, power / irradiance, *self._bounds)
        await self._apply(tracker)
        seen = (reference, chuck, point.voltage, point.current)
        t, values = zip(*((reading.t, reading.value) for reading in seen), strict=True)
        return Step(t, values, irradiance, lit, tracker)

    async def _apply(self, tracker: Tracker) -> None:
        await self.rig.source_meter.source_voltage(
            tracker.voltage,
            compliance=self.found.compliance,
            voltage_range=self.found.open_circuit,
        )


async def track(tracking: Tracking, seconds: float, held: Callable[[Log], float]) -> Logged:
    """Light soaking, then the run of `seconds` in s, a step each interval; dark in the end.

    `held` tells of how many seconds of a log every condition was held.
    """
    run, rig = tracking.run, tracking.rig

    async def rise(elapsed: float, before: Step | None) -> Step:
        return await tracking.step("light-soaking", before)

    async with run.scope("tracking", tracking.arrange):
        risen = await run.log("light-soaking", SOAKING, interval(SOAKING), rise, Step, until=0.05)

        async def look(elapsed: float, before: Step | None) -> Step:
            return await tracking.step("mpp", before or risen[-1])

        steps = await expose(
            run,
            "mpp",
            seconds,
            interval(seconds),
            look,
            Step,
            lambda so_far: held(_log(run, so_far, clock.now())),
            until=0.95,
        )

    async def close() -> float:
        end = clock.now()
        await rig.source_meter.output(False)
        await rig.lamp.shutter(False)
        return end

    return await logged(run, steps, await run.step("tracking/end", close, float), seconds)


async def logged(run: Run, steps: list[Step], end: float, seconds: float) -> Logged:
    """What the `steps` of a run of `seconds` tell that ended at run time `end` in s."""
    log = _log(run, steps, end)
    early, late = windows(seconds)
    ends = [
        [step for step, t in zip(steps, log.elapsed, strict=True) if low <= t <= high]
        for low, high in ((0.0, early[1]), (late[0], math.inf))
    ]
    read = [{r.t: r for r in await run.readings(f"mpp/{name}")} for name in CHANNELS]
    first, last = (Ending(*_traces(run, some, read)) for some in ends)
    return Logged(log, first, last)


def _log(run: Run, steps: list[Step], end: float) -> Log:
    """The log of the run, in times with the interruptions taken out."""
    rows = [(run.exposed(step.t[0]), step.irradiance, *step.values[1:]) for step in steps]
    names = ("irradiance", "chuck", "voltage", "current")
    return log_of(rows[0][0], run.exposed(end), rows, *names)


def _traces(run: Run, steps: list[Step], read: list[dict[float, Reading]]) -> list[Trace]:
    """The readings of `steps` with their accuracies by channel, in the times of the log."""

    def dated(reading: Reading) -> Reading:
        return msgspec.structs.replace(reading, t=run.exposed(reading.t))

    return [
        trace([dated(channel[step.t[place]]) for step in steps])
        for place, channel in enumerate(read)
    ]


async def _record(run: Run, name: str, voltage: Reading, current: Reading, chuck: Reading) -> None:
    power = msgspec.structs.replace(
        voltage, value=-voltage.value * current.value, unit="W", accuracy=None
    )
    await run.record(f"{name}/voltage", voltage)
    await run.record(f"{name}/current", current)
    await run.record(f"{name}/power", power)
    await run.record(f"{name}/temperature", chuck)
