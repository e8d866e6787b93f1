"""Ramping the drain of one transistor, gate held off, until it breaks down; acquisition.

The drain goes up in steps, each with the supply's own ramp; at each step the current of the source
is waited for until it stands still, so that what charges capacitances (C dV/dt) is not read. Gate
and wafer are read beside it. Above the agreed end voltage nothing is put on.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from drivers.roles.high_voltage_supply import HighVoltagePoint
from labctl import clock
from labctl.errors import InstrumentError, InterlockError
from labctl.evidence import Reading
from labctl.sample import Sample
from procedures.analysis.breakdown_point import next_step
from rigs.breakdown import BreakdownRig

RATE = 100.0
"""V/s of the ramp between steps."""

DWELL, APART, LOOKS = 1.0, 0.5, 12
"""Seconds at a step before its first reading, between readings, and readings at the most until
the current stands still."""

STILL, FLOOR = 0.02, 1e-4
"""Parts of the reading and of the criterion by which two readings may differ then."""

HEADROOM = 3.0
"""Current limit of the supply in the criterion's current: it protects device and meters."""

CONTACT_LIMIT = 2.5e-3
"""A of the supply while the probes' contact is checked."""

RANGES = (1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2)
"""A, of the source's meter."""

WIDE, WIDEST = 4, 5
"""Indices of the range for every ramp, above what the supply can give, and for the contact."""

TIMES, ZERO = 8.0, 2e-3
"""A range is taken that holds a reading so many times, with so much of the range it was read on:
its zero."""

GATE_LIMIT, GATE_RANGE, PAD_RANGE = 1e-3, 20.0, 0.2
"""A and V."""

GATE_AWAY = 0.1
"""V by which the gate may be off its bias."""

SET_AND_READ = 3.0
"""How far set point and reading of the supply may differ, in the reading's limit of error: that of
both and some noise."""

End = Literal["criterion", "jump", "end", "limit", "interrupted"]
"""How a ramp ended: at the current criterion, by a jump in the current limit, at the end voltage,
by a gate that was not held, or in an earlier attempt of which only that is known."""


class Terms(msgspec.Struct, frozen=True):
    """What is agreed of the ramp: V of the gate on and off, V of the drain for the check of the
    contact, at its first step and at its end, and the criterion's current in A."""

    gate_on: float
    gate_off: float
    drain_on: float
    start: float
    end: float
    current: float


class Point(msgspec.Struct, frozen=True):
    """A step: drain in V, and currents in A out of the supply and out of the meters."""

    drain: Reading
    supply: Reading
    source: Reading
    gate: Reading
    wafer: Reading

    @property
    def low(self) -> tuple[Reading, Reading, Reading]:
        """What comes out of the device near ground, each negative."""
        return self.source, self.gate, self.wafer

    @property
    def current(self) -> float:
        """A into the drain: the sum of what comes out near ground."""
        return -sum(one.value for one in self.low)

    @property
    def least(self) -> float:
        """A into the drain that are more than the zeros of the meters at gate and wafer."""
        zeros = sum(
            0.0 if one.accuracy is None else one.accuracy.offset for one in (self.gate, self.wafer)
        )
        return max(-self.source.value, self.current - zeros)


class Contact(msgspec.Struct, frozen=True):
    """Currents in A of the source with the gate on and off."""

    on: Reading
    off: Reading

    def good(self, criterion: float) -> bool:
        """Whether the device conducts `criterion` in A when it is on, and a tenth at the most when
        it is off (the meter's zero on its highest range is a fiftieth)."""
        return -self.on.value >= criterion and abs(self.off.value) <= 0.1 * criterion


class Ramp(msgspec.Struct, frozen=True):
    """One device: its contact before (and after, where it did not break down), its points, how it
    ended, and V of the step at which it jumped."""

    end: End
    before: Contact | None = None
    points: tuple[Point, ...] = ()
    jumped_at: float = 0.0
    after: Contact | None = None


def terms_of(sample: Sample) -> Terms:
    """What the sheet of `sample` states of the ramp; `BenchError` names what it lacks."""
    on, off, drain, start, end = (
        sample.quantity(name, "V").value
        for name in ("gate_on", "gate_off", "drain_on", "ramp_start", "end_voltage")
    )
    return Terms(on, off, drain, start, end, sample.quantity("breakdown_current", "A").value)


async def ramped(rig: BreakdownRig, terms: Terms) -> Ramp:
    """Contact checked, then the ramp; afterwards the drain is discharged and all is off."""
    await _closed(rig)
    before = await contact(rig, terms)
    if not before.good(terms.current):
        return Ramp("limit", before)
    points: list[Point] = []
    await _held_off(rig, terms.gate_off)
    await rig.supply.set_current_limit(HEADROOM * terms.current)
    await rig.supply.output(True)
    end, volts = await _steps(rig, terms, points)
    await _off(rig)
    after = await contact(rig, terms) if end == "end" else None
    return Ramp(end, before, tuple(points), volts if end == "jump" else 0.0, after)


async def _steps(rig: BreakdownRig, terms: Terms, points: list[Point]) -> tuple[End, float]:
    """Steps until one of the ends; appends to `points`, gives the voltage of the last in V."""
    volts = terms.start / 2.0
    while True:
        await rig.supply.ramp_to(volts, RATE)
        await clock.sleep(DWELL)
        source = await _still(rig, terms.current)
        if await rig.supply.trip() == "current":
            return "jump", volts
        at = await rig.supply.measure()
        if at.limited:
            return "jump", volts
        _stands(at.voltage, volts)
        point, held = await _point(rig, at, source, terms.gate_off)
        if not held:
            return "limit", volts
        points.append(point)
        if point.current >= terms.current:
            return "criterion", volts
        if volts >= terms.end:
            return "end", volts
        step = next_step(point.least, terms.current)
        volts = terms.start if volts < terms.start else min(volts + step, terms.end)


async def _point(
    rig: BreakdownRig, at: HighVoltagePoint, source: Reading, bias: float
) -> tuple[Point, bool]:
    """The step's point, and whether gate and wafer were held where they should be."""
    gate, wafer = await rig.gate.measure(), await rig.wafer.measure()
    held = not gate.in_compliance and not wafer.in_compliance
    held = held and abs(gate.voltage.value - bias) <= GATE_AWAY
    return Point(at.voltage, at.current, source, gate.current, wafer.current), held


def _stands(found: Reading, volts: float) -> None:
    """`InstrumentError` where the supply's meter is far from its own set point in V."""
    line = found.accuracy
    allowed = 0.0 if line is None else SET_AND_READ * (line.gain * volts + line.offset)
    if abs(found.value - volts) > allowed:
        raise InstrumentError(
            f"the supply was set to {volts:g} V and reads another voltage",
            address=found.address,
            answer=f"{found.value:g} V",
            remedy="have the supply checked: set point and meter contradict each other",
        )


async def _still(rig: BreakdownRig, criterion: float) -> Reading:
    """The source's current when it stands still, on the range that fits it; afterwards the meter is
    on the wide range again, so that no ramp meets its limit.

    `InstrumentError` where it does not stand still within the readings allowed.
    """
    index, before = await _fitting(rig)
    try:
        for _ in range(LOOKS):
            await clock.sleep(APART)
            now = (await rig.source.measure()).current
            if abs(now.value - before.value) <= STILL * abs(now.value) + FLOOR * criterion:
                return now
            before = now
    finally:
        if index != WIDE:
            await _source_at(rig, WIDE)
    raise InstrumentError(
        "the current of the source does not stand still",
        address=rig.source.address,
        answer=f"{before.value:g} A",
        remedy="look for a flash-over or a loose probe; the ramp was ended",
    )


async def _fitting(rig: BreakdownRig) -> tuple[int, Reading]:
    """The lowest range that holds the current with room, and the reading on it; from above, so that
    the meter's limit never holds the pad off its 0 V."""
    index = WIDE
    while True:
        now = (await rig.source.measure()).current
        wanted = TIMES * abs(now.value) + ZERO * RANGES[index]
        fit = next(n for n, full in enumerate(RANGES) if full >= wanted or n == index)
        if fit == index:
            return index, now
        index = fit
        await _source_at(rig, index)


async def _source_at(rig: BreakdownRig, index: int) -> None:
    await rig.source.source_voltage(0.0, compliance=RANGES[index], voltage_range=PAD_RANGE)


async def contact(rig: BreakdownRig, terms: Terms) -> Contact:
    """Whether the probes touch: the device must conduct with its gate on, at a few volts."""
    await _held_off(rig, terms.gate_off)
    await _source_at(rig, WIDEST)
    await rig.supply.set_current_limit(CONTACT_LIMIT)
    await rig.supply.output(True)
    await rig.supply.ramp_to(terms.drain_on, RATE)
    await clock.sleep(DWELL)
    off = (await rig.source.measure()).current
    await rig.gate.source_voltage(terms.gate_on, compliance=GATE_LIMIT, voltage_range=GATE_RANGE)
    await rig.gate.measure()
    on = (await rig.source.measure()).current
    await rig.gate.source_voltage(terms.gate_off, compliance=GATE_LIMIT, voltage_range=GATE_RANGE)
    await rig.gate.measure()
    await _off(rig)
    return Contact(on, off)


async def _held_off(rig: BreakdownRig, bias: float) -> None:
    """All that must hold before any drain voltage: source and wafer at 0 V, gate at its bias."""
    await rig.gate.source_voltage(bias, compliance=GATE_LIMIT, voltage_range=GATE_RANGE)
    await rig.wafer.source_voltage(0.0, compliance=GATE_LIMIT, voltage_range=PAD_RANGE)
    await rig.source.wires(2)
    await _source_at(rig, WIDE)
    for meter in (rig.gate, rig.wafer, rig.source):
        await meter.output(True)
        await meter.measure()


async def _off(rig: BreakdownRig) -> None:
    """High voltage away first, read back, and only then what held the device off."""
    await rig.supply.output(False)
    for meter in (rig.source, rig.wafer, rig.gate):
        await meter.output(False)


async def _closed(rig: BreakdownRig) -> None:
    """No high voltage with the lid open, nor while what has tripped before stands."""
    if not await rig.prober.is_closed():
        raise InterlockError(
            "the lid of the probe station is open",
            address=rig.prober.address,
            remedy="close it: no high voltage is put on before",
        )
    if await rig.supply.trip() != "none":
        await rig.supply.clear_trip()
