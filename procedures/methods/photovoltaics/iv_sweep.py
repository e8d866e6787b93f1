"""Current-voltage curves in both directions under set light (IEC 60904-1:2020): acquisition.

Current is recorded as the source meter reads it: negative while the device delivers power.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import msgspec

from drivers.roles.source_meter import IVPoint
from labctl import clock
from labctl.errors import InstrumentError
from labctl.run import Run
from procedures.methods.frozen import refuse_frozen
from procedures.methods.photovoltaics.light import CELL, recorded_reference
from procedures.methods.trace import Trace, trace
from rigs.sunlit import SweptRig

SPAN = 0.5
"""Part of the short-circuit current by which the current changes in any sweep that is one."""

_Way = tuple[float, float]


@dataclass(frozen=True)
class SweepSettings:
    """How curves are swept.

    Before each pair of sweeps the device rests `rest` s at open circuit under light. A sweep has
    `points` points, `delay` s after each step, and goes beyond short circuit and open circuit by
    `margin` of the open-circuit voltage. `voltage` in V and `current` in A bound what the source
    meter is asked for. `pairs` pairs are swept.

    A sweep takes half a minute: ions that follow in seconds then lag as far behind at the maximum
    power of the sweep in reverse, which began near it, as at that of the sweep forward, and the
    mean of both is the steady state (how rate and history change a curve: E. Zimmermann et al., APL
    Mater. 4 (2016) 091901).
    """

    pairs: int = 5
    points: int = 101
    delay: float = 0.25
    rest: float = 30.0
    margin: float = 0.03
    voltage: float = 20.0
    current: float = 1.0
    power_line_cycles: float = 1.0
    reference_readings: int = 3


class Ends(msgspec.Struct, frozen=True):
    """Open-circuit voltage in V and short-circuit current in A (positive), read before a sweep."""

    voltage: float
    current: float


class Sweep(msgspec.Struct, frozen=True):
    """One sweep: voltage in V and current in A at the device, the reference cell in V and the
    chuck in degC before and after it."""

    voltage: Trace
    current: Trace
    reference: Trace
    temperature: Trace


class Pair(msgspec.Struct, frozen=True):
    """A sweep in each direction: `reverse` from open to short circuit, `forward` back."""

    reverse: Sweep
    forward: Sweep

    @property
    def sweeps(self) -> tuple[Sweep, Sweep]:
        """Both, in the order in which they were taken."""
        return self.reverse, self.forward


async def sweep_pairs(
    run: Run, rig: SweptRig, name: str, how: SweepSettings | None = None
) -> list[Pair]:
    """Pairs of sweeps, as steps in the scope `name`; light is on and the chuck settled.

    The first pair's channels are `<name>/reverse/voltage` and so on, those of the others
    `<name>/2/reverse/voltage`.
    """
    rule = how or SweepSettings()
    pairs: list[Pair] = []
    for index in range(rule.pairs):
        place = "" if index == 0 else f"{index + 1}/"
        ends = await run.step(f"{place}ends", lambda: read_ends(rig, rule), Ends)
        up, down = _ways(ends, rule)

        async def sweep(step: str, way: _Way, ends: Ends = ends) -> Sweep:
            take = partial(_take, run, rig, f"{name}/{step}", way, ends, rule)
            return await run.step(step, take, Sweep)

        reverse = await sweep(f"{place}reverse", down)
        pairs.append(Pair(reverse, await sweep(f"{place}forward", up)))
    return pairs


async def read_ends(rig: SweptRig, how: SweepSettings) -> Ends:
    """Short-circuit current, then the open-circuit voltage after the rest. Call it inside a step.

    `InstrumentError` where the device delivers nothing or more than the source meter may take.
    """
    meter = rig.source_meter
    await meter.wires(4)
    await meter.integrate(how.power_line_cycles)
    await meter.source_voltage(0.0, compliance=how.current)
    await meter.output(True)
    short = await meter.measure()
    await meter.output(False)
    await meter.source_current(0.0, compliance=how.voltage)
    await meter.output(True)
    await clock.sleep(how.rest)
    opened = await meter.measure()
    await meter.output(False)
    _refuse_dead(rig, short, opened)
    return Ends(opened.voltage.value, -short.current.value)


def _refuse_dead(rig: SweptRig, short: IVPoint, opened: IVPoint) -> None:
    if short.in_compliance or opened.in_compliance:
        raise InstrumentError(
            "the device passes what the source meter may take",
            address=rig.source_meter.address,
            answer=f"{short.current.value:g} A at 0 V, {opened.voltage.value:g} V at 0 A",
            remedy="use a source meter with a larger range",
        )
    if opened.voltage.value <= 0 or short.current.value >= 0:
        raise InstrumentError(
            "the device delivers no power under light",
            address=rig.source_meter.address,
            answer=f"{short.current.value:g} A at 0 V, {opened.voltage.value:g} V at 0 A",
            remedy="check contacts and polarity: the positive contact belongs to HI",
        )


async def take_pair(run: Run, rig: SweptRig, name: str, how: SweepSettings | None = None) -> Pair:
    """One pair of sweeps with channels `<name>/reverse/voltage` and so on. Call it inside a step;
    light is on and the chuck settled."""
    rule = how or SweepSettings()
    ends = await read_ends(rig, rule)
    up, down = _ways(ends, rule)
    reverse = await _take(run, rig, f"{name}/reverse", down, ends, rule)
    return Pair(reverse, await _take(run, rig, f"{name}/forward", up, ends, rule))


def _ways(ends: Ends, how: SweepSettings) -> tuple[_Way, _Way]:
    """First and last voltage in V of the sweep forward and of that in reverse."""
    low, high = -how.margin * ends.voltage, (1 + how.margin) * ends.voltage
    return (low, high), (high, low)


async def _take(
    run: Run, rig: SweptRig, name: str, way: _Way, ends: Ends, how: SweepSettings
) -> Sweep:
    compliance = min(1.2 * ends.current, how.current)
    before = await recorded_reference(run, rig, name, how.reference_readings)
    chuck = [await rig.chuck.temperature()]
    points = await rig.source_meter.sweep_voltage(
        *way, how.points, delay=how.delay, compliance=compliance
    )
    after = await recorded_reference(run, rig, name, how.reference_readings)
    chuck.append(await rig.chuck.temperature())
    refuse_frozen([*before.readings(), *after.readings()], CELL)
    _refuse_limited(rig, points, compliance)
    _refuse_flat(rig, points, ends.current)
    await run.record(f"{name}/voltage", *(p.voltage for p in points))
    await run.record(f"{name}/current", *(p.current for p in points))
    await run.record(f"{name}/temperature", *chuck)
    return Sweep(
        trace([p.voltage for p in points]),
        trace([p.current for p in points]),
        trace([*before.readings(), *after.readings()]),
        trace(chuck),
    )


def _refuse_flat(rig: SweptRig, points: list[IVPoint], short: float) -> None:
    """From short circuit to beyond open circuit the current falls by all of `short` in A."""
    amperes = [one.current.value for one in points]
    if max(amperes) - min(amperes) < SPAN * short:
        raise InstrumentError(
            "the current does not follow the voltage",
            address=rig.source_meter.address,
            answer=f"{min(amperes):g} A to {max(amperes):g} A in the sweep, {-short:g} A before it",
            remedy="check the contacts, and at the source meter whether it still measures",
        )


def _refuse_limited(rig: SweptRig, points: list[IVPoint], compliance: float) -> None:
    """Beyond open circuit the compliance may hold the current; where power is delivered it spoils
    the curve."""
    limited = [p for p in points if p.in_compliance and p.current.value < 0]
    if limited:
        raise InstrumentError(
            f"{len(limited)} points of the sweep were held by the compliance of {compliance:g} A",
            address=rig.source_meter.address,
            answer=f"{limited[0].current.value:g} A at {limited[0].voltage.value:g} V",
            remedy="the light rose during the sweep, or a contact is loose",
        )
