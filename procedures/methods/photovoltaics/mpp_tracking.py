"""A device held at its maximum power point under light: acquisition and evidence (ISOS-L)."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from labctl import clock
from labctl.evidence import Evidence, Reading
from labctl.run import Run
from procedures.analysis.mpp import Tracker, observe
from procedures.methods.endurance.dose import Dose
from procedures.methods.endurance.exposing import expose
from procedures.methods.endurance.log import Log, LogBook
from procedures.methods.photovoltaics import light
from procedures.methods.photovoltaics.chuck import hold
from procedures.methods.photovoltaics.device import device_on
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
from procedures.methods.trace import trace
from rigs.photovoltaic import PhotovoltaicRig

EVERY = 600.0
"""Seconds between two steps of the tracker."""

STEP = 0.005
"""Step of the tracker's voltage as a part of the open-circuit voltage."""

SEARCH = (0.5, 0.97)
"""Where the maximum power point is looked for, as parts of the open-circuit voltage."""

Row = tuple[Reading, Reading, Reading, Reading]
"""Reference cell, chuck, voltage and current of one step."""

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
    chuck = await hold(run, rig, "mpp", device.chuck_for(celsius, irradiance))
    found = await run.step("mpp/search", lambda: search(run, rig), Found)

    def dose(log: Log) -> Dose:
        return Dose(device, log, chuck, irradiance, celsius)

    tracking = Tracking(run, rig, found, now, irradiance)
    logged = await track(tracking, seconds, lambda log: dose(log).seconds_held(run.band))
    run.progress(0.96, "reduction")
    mc, done = run.monte_carlo, dose(logged.log)
    loss = MppLoss(device, logged, irradiance, celsius)
    for observed in done.observed(mc, run.band):
        run.observe(observed)
    return run.evidence(
        {result: mc.figure(loss.percent(mc) * done.factor(mc), "%")},
        how=HOW,
        left_out=(*LEFT_OUT, *device.later(seconds).left_out()),
        budget=budget(mc, lambda one: loss.percent(one) * done.factor(one), result),
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


class Tracking:
    """Perturb and observe at the maximum power point `found`, the light kept at `target` W/m2.

    `lit` is the light as it was set.
    """

    def __init__(
        self, run: Run, rig: PhotovoltaicRig, found: Found, lit: light.Lit, target: float
    ) -> None:
        self.run, self.rig, self.found = run, rig, found
        self._lit, self._target = lit, target
        self._bounds = SEARCH[0] * found.open_circuit, SEARCH[1] * found.open_circuit
        self._tracker = Tracker(found.voltage, STEP * found.open_circuit)

    async def step(self, name: str) -> tuple[Row, float]:
        """One step, recorded as `name`/...: the readings, and the irradiance in W/m2."""
        run, rig = self.run, self.rig
        reference = (await light.recorded_reference(run, rig, name, 1)).readings()[0]
        point = await rig.source_meter.measure()
        chuck = await rig.chuck.temperature()
        irradiance = light.irradiance_of(rig, reference).value
        await _record(run, name, point.voltage, point.current, chuck)
        self._lit = await light.relevelled(run, rig, name, self._lit, irradiance, self._target)
        power = -point.voltage.value * point.current.value
        self._tracker = observe(self._tracker, power / irradiance, *self._bounds)
        await self.apply()
        return (reference, chuck, point.voltage, point.current), irradiance

    async def apply(self) -> None:
        """Source the tracker's voltage."""
        await self.rig.source_meter.source_voltage(
            self._tracker.voltage,
            compliance=self.found.compliance,
            voltage_range=self.found.open_circuit,
        )


async def track(tracking: Tracking, seconds: float, held: Callable[[Log], float]) -> Logged:
    """Light soaking, then the run of `seconds` in s, a step every 10 min; dark in the end.

    `held` tells of how many seconds of a log every condition was held.
    """
    run, rig = tracking.run, tracking.rig
    await run.step("mpp/output", lambda: _output(tracking), bool)

    async def rise(elapsed: float) -> None:
        await tracking.step("light-soaking")

    await run.soak("light-soaking", SOAKING, EVERY, rise, until=0.05)
    book = LogBook(clock.now(), "irradiance", "chuck", "voltage", "current")
    begin, (early, late) = clock.now(), windows(seconds)
    first: list[Row] = []
    last: list[Row] = []

    async def look(elapsed: float) -> None:
        elapsed = clock.now() - begin
        row, irradiance = await tracking.step("mpp")
        reference, chuck, voltage, current = row
        book.add(reference.t, irradiance, chuck.value, voltage.value, current.value)
        if elapsed <= early[1]:
            first.append(row)
        if elapsed >= late[0]:
            last.append(row)

    await expose(
        run, "mpp", seconds, EVERY, look, lambda: held(book.closed(clock.now())), until=0.95
    )

    async def close() -> Logged:
        end = clock.now()
        await rig.source_meter.output(False)
        await rig.lamp.shutter(False)
        return Logged(book.closed(end), _ending(first), _ending(last))

    return await run.step("mpp/log", close, Logged)


async def _output(tracking: Tracking) -> bool:
    await tracking.apply()
    await tracking.rig.source_meter.output(True)
    return True


async def _record(run: Run, name: str, voltage: Reading, current: Reading, chuck: Reading) -> None:
    power = msgspec.structs.replace(
        voltage, value=-voltage.value * current.value, unit="W", accuracy=None
    )
    await run.record(f"{name}/voltage", voltage)
    await run.record(f"{name}/current", current)
    await run.record(f"{name}/power", power)
    await run.record(f"{name}/temperature", chuck)


def _ending(rows: list[Row]) -> Ending:
    reference, chuck, voltage, current = zip(*rows, strict=True)
    return Ending(trace(reference), trace(chuck), trace(voltage), trace(current))
