"""Off-state breakdown voltage of a row of transistors: the lowest of them.

Drain-source breakdown voltage at a drain current, gate held off (IEC 60747-8); current, gate bias
and end voltage are the sheet's: 1 mA per mm of gate width where nothing else was agreed. A device
breaks once: each of the row is ramped once, and one whose ramp was cut short is not ramped again.
A device that did not break down by the end voltage has that at least, a censored reading.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from drivers.roles.probe_station import Die
from labctl.evidence import Evidence, Reading
from labctl.i18n import N_
from labctl.judging.estimates import CENSORED
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.analysis.breakdown_point import between, carrier, chord_error, slope
from procedures.methods.contributions import unknown, unstated
from procedures.methods.one_figure import BUDGET_DRAWS
from procedures.methods.semiconductor.breakdown_ramp import (
    RATE,
    Point,
    Ramp,
    Terms,
    ramped,
    terms_of,
)
from procedures.methods.semiconductor.probing import (
    CHUCK,
    WAFER_TEMPERATURE,
    Place,
    kelvins,
    place_of,
)
from procedures.methods.settling import settled
from procedures.methods.trace import Trace, trace
from rigs.breakdown import BreakdownRig

CURRENT_WANDER, PER_KELVIN = "current_wander", "breakdown_per_kelvin"
"""Contributions of the bench: how a current wanders, relative, and how well the coefficient is
known, in 1/K."""

WARMING = 7e-4
"""1/K of a breakdown voltage by impact ionisation in a wide-gap semiconductor."""

MISSED = 0.03
"""Part of the criterion's current by which supply and meters near ground may differ, beside what
their sheets allow."""

HOW = N_(
    "Drain ramped with {rate} V/s between steps, gate at {gate} V, to {current} A or {end} V; the "
    "current is the sum of source, gate and wafer when it stands still, read between two steps on "
    "its logarithm."
)
EACH = N_("Device {number}: {volts} V, ended by: {end}; largest share of the current: {terminal}.")
LEFT_OUT = (
    N_("breakdown at another gate bias, in pulses or in another gas around the device"),
    N_("voltage between the supply's meter and the pads: some ohm at the criterion's current"),
    N_("leakage below what the ranges near ground resolve"),
)
NO_CONTACT = N_("Device {number} did not conduct when its gate was on: the probes do not touch.")
NOT_HELD = N_("Gate or wafer of device {number} was not held at its voltage during the ramp.")
LOST = N_(
    "Device {number}: {part} of the supply's current is seen by no meter near ground: it flashes "
    "over to the enclosure or leaks in the cable."
)
CUT_SHORT = N_(
    "the ramp of a device was cut short in an earlier attempt; a device that was under high "
    "voltage is not ramped again"
)


async def breakdown(run: Run, rig: BreakdownRig, result: str) -> Evidence:
    """Evidence for `result`: lowest breakdown voltage of the row, in V."""
    place, terms = place_of(run.sample), terms_of(run.sample)
    count = round(run.sample.quantity("devices", "dimensionless").value)
    async with run.scope("row", lambda: arranged(rig, place)):

        async def warm() -> Trace:
            found = await settled(rig.prober.temperature, place.temperature, CHUCK, "the chuck")
            return trace(found)

        chuck = await run.step("chuck", warm, Trace)
        ramps = [await _once(run, rig, place, terms, number) for number in range(count)]
    return await run.reduce(lambda: _evidence(run, result, Read(ramps, terms, place, chuck)))


async def _once(run: Run, rig: BreakdownRig, place: Place, terms: Terms, number: int) -> Ramp:
    """The ramp of device `number`, never a second one: what was begun and did not end is lost."""
    fresh: list[bool] = []

    async def begin() -> None:
        fresh.append(True)

    async def ramp() -> Ramp:
        if not fresh:
            return Ramp("interrupted")
        fresh.clear()
        await touched(rig, place, number)
        return await ramped(rig, terms)

    await run.step(f"device {number + 1} begun", begin, type(None))
    return await run.step(f"device {number + 1}", ramp, Ramp)


async def arranged(rig: BreakdownRig, place: Place) -> None:
    """All off, probes lifted, wafer aligned to its map, chuck on its way to the temperature."""
    await rig.hold()
    await rig.prober.contact(False)
    await rig.prober.set_temperature(place.temperature)
    await rig.prober.vacuum(True)
    await rig.prober.load_map(place.project)
    await rig.prober.align()


async def touched(rig: BreakdownRig, place: Place, number: int) -> None:
    """Probes on device `number` of the row, counted from 0; nothing is on meanwhile."""
    await rig.prober.contact(False)
    await rig.prober.go_to_die(Die(place.column, place.row))
    await rig.prober.move_in_die(place.x + number * place.pitch, place.y)
    await rig.prober.contact(True)


class Read(msgspec.Struct, frozen=True):
    """What was read: a ramp a device, by `terms`, at `place`, the chuck in degC."""

    ramps: list[Ramp]
    terms: Terms
    place: Place
    chuck: Trace


def _evidence(run: Run, result: str, read: Read) -> Evidence:
    stated = run.contributions
    lacking = unstated(run.sample, stated, (), (WAFER_TEMPERATURE, CURRENT_WANDER, PER_KELVIN))
    how = (_how(read.terms), *(_told(n, one) for n, one in enumerate(read.ramps, 1) if one.points))
    invalid, missing = spoilt(read.ramps, read.terms), cut_short(read.ramps)
    if invalid or missing:
        return run.evidence({}, how=how, left_out=LEFT_OUT, invalid=invalid, missing=missing)

    def each(mc: MonteCarlo) -> Draws:
        warm = kelvins(mc, read.chuck.readings(), read.place.temperature, stated)[:, 0]
        rate = WARMING + unknown(mc, stated, PER_KELVIN, "1/K")[:, 0]
        rows: list[Draws] = []
        for n, one in enumerate(read.ramps):
            wander = unknown(mc, stated, CURRENT_WANDER, "dimensionless")[:, 0]
            volts = voltage_of(mc, one, read.terms.current, f"device {n + 1}", wander)
            rows.append(volts * (1.0 - rate * warm))
        return np.stack(rows, axis=1)

    def reduction(mc: MonteCarlo) -> Draws:
        return each(mc).min(axis=1)

    lowest = read.ramps[int(np.argmin(each(run.monte_carlo.like(2))[0]))]
    marks = (CENSORED,) if lowest.end == "end" else ()
    return run.evidence(
        {result: run.figure(result, reduction, "V", marks)},
        how=how,
        left_out=LEFT_OUT,
        unstated=lacking,
        budget=run.monte_carlo.budget(reduction, result, BUDGET_DRAWS),
    )


def voltage_of(mc: MonteCarlo, one: Ramp, criterion: float, name: str, wander: Draws) -> Draws:
    """Draws of the breakdown voltage in V of a device, shape (draws + 1,); `wander` of its current,
    relative. Of one that did not break down those of its last point."""
    last = [point.drain for point in one.points[-2:]]
    volts = [mc.mean([reading])[:, 0] for reading in last]
    if one.end == "end":
        return volts[-1]
    if one.end == "jump":
        stood = volts[-1] if volts else np.zeros(mc.draws + 1)
        half = (one.jumped_at - float(stood[0])) / 2.0
        return stood + half + mc.rectangular(f"{name}/jump", half, "step of the jump")[:, 0]
    if len(one.points) == 1:
        half = float(volts[0][0]) / 2.0
        return half + mc.rectangular(f"{name}/first step", half, "first step")[:, 0]
    amps = [into_drain(mc, point) for point in one.points[-2:]]
    found = between(np.stack(volts, axis=-1), np.stack(amps, axis=-1), criterion)
    read = [point.drain.value for point in one.points], [p.current for p in one.points]
    off = chord_error(*read, criterion)
    straight = mc.rectangular(f"{name}/interpolation", off, "interpolation between steps")[:, 0]
    return found + straight - slope(*read) * wander


def into_drain(mc: MonteCarlo, point: Point) -> Draws:
    """Draws of the current in A into the drain, shape (draws + 1,)."""
    return -sum((mc.mean([one])[:, 0] for one in point.low), np.zeros(mc.draws + 1))


def spoilt(ramps: Sequence[Ramp], terms: Terms) -> tuple[Text, ...]:
    """Why these are no evidence; empty where they are."""
    found: list[Text] = []
    for number, one in enumerate(ramps, 1):
        name = {"number": str(number)}
        checks = [check for check in (one.before, one.after) if check is not None]
        if not all(check.good(terms.current) for check in checks):
            found.append(Text(NO_CONTACT, name))
        elif one.end == "limit":
            found.append(Text(NOT_HELD, name))
        if one.points and (lost := unseen(one.points[-1], terms.current)) > 0.0:
            found.append(Text(LOST, {**name, "part": f"{100.0 * lost:.0f} %"}))
    return tuple(found)


def unseen(point: Point, criterion: float) -> float:
    """Part of the supply's current that no meter near ground sees; 0 within what may differ."""
    away = point.supply.value - point.current
    allowed = MISSED * max(point.current, criterion) + sum(map(_limit, (point.supply, *point.low)))
    return away / point.supply.value if away > allowed else 0.0


def _limit(reading: Reading) -> float:
    """Limit of error in the unit of `reading`, by its sheet; 0 without one."""
    line = reading.accuracy
    return 0.0 if line is None else line.gain * abs(reading.value) + line.offset


def cut_short(ramps: Sequence[Ramp]) -> tuple[str, ...]:
    """What is missing where an earlier attempt left a device under way; empty else."""
    return (CUT_SHORT,) if any(one.end == "interrupted" for one in ramps) else ()


def _how(terms: Terms) -> Text:
    words = {"rate": f"{RATE:g}", "gate": f"{terms.gate_off:g}", "end": f"{terms.end:g}",
             "current": f"{terms.current:g}"}  # fmt: skip
    return Text(HOW, words)


ENDS = {
    "criterion": N_("current criterion"),
    "jump": N_("a jump into the current limit"),
    "end": N_("end voltage, no breakdown"),
    "limit": N_("a terminal that was not held"),
    "interrupted": N_("an interruption"),
}


def _told(number: int, one: Ramp) -> Text:
    last = one.points[-1]
    shares = {"source": -last.source.value, "gate": -last.gate.value, "wafer": -last.wafer.value}
    terminal = carrier(shares)
    part = 100.0 * shares[terminal] / max(last.current, 1e-30)
    words = {"number": str(number), "volts": f"{last.drain.value:.1f}", "end": ENDS[one.end],
             "terminal": f"{terminal}, {part:.0f} %"}  # fmt: skip
    return Text(EACH, words)
