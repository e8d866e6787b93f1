"""A device held at its maximum power point under light: acquisition and evidence (ISOS-L)."""

from __future__ import annotations

import msgspec

from labctl import clock
from labctl.evidence import Evidence, Reading
from labctl.run import Run
from procedures.analysis.mpp import Tracker, observe
from procedures.methods.endurance.dose import Dose
from procedures.methods.endurance.log import LogBook
from procedures.methods.photovoltaics import light
from procedures.methods.photovoltaics.chuck import hold
from procedures.methods.photovoltaics.device import device_on
from procedures.methods.photovoltaics.iv_sweep import SweepSettings, read_ends
from procedures.methods.photovoltaics.mpp_reduction import (
    HOW,
    LEFT_OUT,
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
    tracker = await run.step("mpp/search", lambda: search(run, rig), Found)
    logged = await track(run, rig, tracker, now, irradiance, seconds)
    run.progress(0.96, "reduction")
    mc = run.monte_carlo
    dose = Dose(device, logged.log, chuck, irradiance, celsius)
    loss = MppLoss(device, logged, irradiance, celsius)
    for observed in dose.observed(mc):
        run.observe(observed)
    return run.evidence(
        {result: mc.figure(loss.percent(mc) * dose.factor(mc), "%")},
        how=HOW,
        left_out=(*LEFT_OUT, *device.left_out()),
        budget=budget(mc, lambda one: loss.percent(one) * dose.factor(one), result),
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


async def track(
    run: Run,
    rig: PhotovoltaicRig,
    found: Found,
    now: light.Lit,
    target: float,
    seconds: float,
) -> Logged:
    """Perturb and observe every 10 min for `seconds` in s, light kept at `target` in W/m2."""
    tracker = Tracker(found.voltage, STEP * found.open_circuit)
    low, high = (share * found.open_circuit for share in SEARCH)
    await run.step("mpp/output", lambda: _output(rig, tracker.voltage, found), bool)
    book = LogBook(clock.now(), "irradiance", "chuck", "voltage", "current")
    early, late = windows(seconds)
    first: list[Row] = []
    last: list[Row] = []

    async def look(elapsed: float) -> None:
        nonlocal now, tracker
        reference = (await light.recorded_reference(run, rig, "mpp", 1)).readings()[0]
        point = await rig.source_meter.measure()
        chuck = await rig.chuck.temperature()
        irradiance = light.irradiance_of(rig, reference).value
        power = -point.voltage.value * point.current.value
        await _record(run, point.voltage, point.current, chuck)
        book.add(reference.t, irradiance, chuck.value, point.voltage.value, point.current.value)
        row = (reference, chuck, point.voltage, point.current)
        if early[0] <= elapsed <= early[1]:
            first.append(row)
        if elapsed >= late[0]:
            last.append(row)
        now = await light.relevelled(run, rig, "mpp", now, irradiance, target)
        tracker = observe(tracker, power / irradiance, low, high)
        await rig.source_meter.source_voltage(
            tracker.voltage, compliance=found.compliance, voltage_range=found.open_circuit
        )

    await run.soak("mpp", seconds, EVERY, look)

    async def close() -> Logged:
        end = clock.now()
        await rig.source_meter.output(False)
        await rig.lamp.shutter(False)
        return Logged(book.closed(end), _ending(first), _ending(last))

    return await run.step("mpp/log", close, Logged)


async def _output(rig: PhotovoltaicRig, voltage: float, found: Found) -> bool:
    await rig.source_meter.source_voltage(
        voltage, compliance=found.compliance, voltage_range=found.open_circuit
    )
    await rig.source_meter.output(True)
    return True


async def _record(run: Run, voltage: Reading, current: Reading, chuck: Reading) -> None:
    power = msgspec.structs.replace(
        voltage, value=-voltage.value * current.value, unit="W", accuracy=None
    )
    await run.record("mpp/voltage", voltage)
    await run.record("mpp/current", current)
    await run.record("mpp/power", power)
    await run.record("mpp/temperature", chuck)


def _ending(rows: list[Row]) -> Ending:
    reference, chuck, voltage, current = zip(*rows, strict=True)
    return Ending(trace(reference), trace(chuck), trace(voltage), trace(current))
