"""Ratio of a device's currents on and off, with a leakage that was measured.

On and off are read in turns, the off current on the range that fits it, after the cables'
dielectric absorption has gone, and again with the probes lifted: what flows then is the meter's and
the cables' and is taken off. A leakage that cannot be told from zero gives no ratio: on current
over the largest leakage that its uncertainty allows is a least ratio, a censored reading.

A clipped zero is told three ways (`procedures/methods/semiconductor/floor.py`); and a transfer
curve leads from on to off in steps that no barrier passes faster than kT/q ln 10 a decade.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from labctl import clock
from labctl.evidence import Evidence, Reading
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.lives import censored
from labctl.uncertainty.shapes import student
from labctl.words import Text
from procedures.methods.contributions import unstated
from procedures.methods.one_figure import one_figure
from procedures.methods.repeats import mean_of
from procedures.methods.semiconductor.floor import SLACK, stands_still, steepest
from procedures.methods.semiconductor.probing import (
    WAFER_TEMPERATURE,
    Place,
    above,
    arranged,
    kelvins,
    place_of,
    settled_chuck,
    touched,
)
from procedures.methods.semiconductor.ranging import RANGES, ranged
from procedures.methods.semiconductor.states import States
from rigs.semiconductor import SemiconductorRig

REPEATS, ON, OFF = 4, 3, 8
"""Turns of on and off, and readings in each."""

REST = 100.0
"""Seconds at the off state before its readings: absorption has gone and slow traps have settled."""

SETTLE = 0.1
"""Seconds after each change of a range."""

GATE_CURRENT, VOLTS, GATE_VOLTS = 1e-6, 20.0, 20.0
"""Compliance in A of the gate, and ranges in V."""

CYCLES = 10.0
"""Power line cycles of a reading at the off state."""

NOISE = 2e-12
"""A, below which a current of the curve counts as the floor."""

WARMING = 0.02
"""1/K by which a leakage grows with temperature: thermally activated by some 0.15 eV."""

HOW = N_(
    "On and off were read in four turns, the leakage on the range that fits it after 100 s, less "
    "what flows with the probes lifted; the curve between both falls nowhere faster than kT/q "
    "ln 10 a decade."
)
LEFT_OUT = (
    N_("other voltages of on and off than the sheet's"),
    N_("leakage between pads that the probes do not reach"),
)
FLOOR = N_(
    "The leakage cannot be told from zero: the ratio is at least the on current over the largest "
    "leakage that its uncertainty allows, {amperes} A."
)
FROZEN = N_("The readings of the leakage stand still: the meter is clipped or frozen.")
CLIPPED = N_(
    "The current falls faster than a barrier allows, by {decades} decades a step: the meter is "
    "clipped, or the wrong device is under the probes."
)
MOVED = N_("The on current changed by more than 5 % between the turns.")


class Currents(msgspec.Struct, frozen=True):
    """Currents in A."""

    values: tuple[Reading, ...]


class Turn(msgspec.Struct, frozen=True):
    """Currents in A on and off, one after the other."""

    on: tuple[Reading, ...]
    off: tuple[Reading, ...]


async def on_off_ratio(run: Run, rig: SemiconductorRig, result: str, states: States) -> Evidence:
    """Evidence for `result`: ratio of the currents of `states`, dimensionless."""
    place = place_of(run.sample)
    turns: list[Turn] = []
    async with run.scope("device", lambda: _ready(rig, place)):
        chuck = await settled_chuck(run, rig, place)
        curve = await run.step("curve", lambda: _curve(rig, states), Currents)
        for n in range(REPEATS):
            turns.append(await run.step(f"turn {n + 1}", lambda: _turn(rig, states), Turn))
        lifted = await run.step("lifted", lambda: _lifted(rig, place, states, turns[-1]), Turn)
    invalid = spoilt(states, curve, turns, lifted, place.temperature)
    stated = run.contributions
    missing_names = unstated(run.sample, stated, (), (WAFER_TEMPERATURE,))
    if invalid:
        return run.evidence({}, how=(HOW,), left_out=LEFT_OUT, invalid=invalid)

    def warmth(mc: MonteCarlo) -> Draws:
        return kelvins(mc, chuck.readings(), place.temperature, stated)

    least = least_ratio(run.monte_carlo, turns, lifted)
    if least is not None:
        ratio, leakage = least
        return run.evidence(
            {result: censored(ratio, "dimensionless")},
            how=(HOW, Text(FLOOR, {"amperes": f"{leakage:.2g}"})),
            left_out=LEFT_OUT,
            unstated=missing_names,
        )

    def reduction(mc: MonteCarlo) -> Draws:
        each = [ratio_of(mc, one, lifted) for one in turns]
        return mean_of(mc, each, "ratio")[:, None] * (1.0 - WARMING * warmth(mc))

    return await one_figure(
        run,
        result,
        "dimensionless",
        reduction,
        how=(HOW, _told(turns)),
        left_out=LEFT_OUT,
        unstated=missing_names,
    )


async def _ready(rig: SemiconductorRig, place: Place) -> None:
    await arranged(rig, place)
    await touched(rig, place, 0)


async def _on(rig: SemiconductorRig) -> None:
    await rig.gate.source_voltage(0.0, compliance=GATE_CURRENT, voltage_range=GATE_VOLTS)
    await rig.drain.wires(2)
    await rig.drain.source_voltage(0.0, compliance=RANGES[-1], voltage_range=VOLTS)
    await rig.gate.output(True)
    await rig.drain.output(True)


async def _off(rig: SemiconductorRig) -> None:
    await rig.drain.output(False)
    await rig.gate.output(False)


async def _gated(rig: SemiconductorRig, gate: float) -> None:
    await rig.gate.source_voltage(gate, compliance=GATE_CURRENT, voltage_range=GATE_VOLTS)
    await rig.gate.measure()


async def _curve(rig: SemiconductorRig, states: States) -> Currents:
    """Currents along the path from on to off."""
    await _on(rig)
    await rig.drain.integrate(1.0)
    index, found = len(RANGES) - 1, list[Reading]()
    for gate, drain in states.path:
        await _gated(rig, gate)
        point, index = await ranged(rig.drain, drain, VOLTS, index, SETTLE)
        found.append(point.current)
    await _off(rig)
    return Currents(tuple(found))


async def _turn(rig: SemiconductorRig, states: States) -> Turn:
    """On, then off after `REST` seconds."""
    await _on(rig)
    await rig.drain.integrate(1.0)
    await _gated(rig, states.on[0])
    first, index = await ranged(rig.drain, states.on[1], VOLTS, len(RANGES) - 1, SETTLE)
    on = [first.current, *[(await rig.drain.measure()).current for _ in range(ON - 1)]]
    await _gated(rig, states.off[0])
    # It waits where any current of the fall is held, then goes down.
    await _applied(rig, states.off[1], index)
    await clock.sleep(REST)
    _, low = await ranged(rig.drain, states.off[1], VOLTS, index, SETTLE)
    off = await _slowly(rig, states, low)
    await _off(rig)
    return Turn(tuple(on), off)


async def _applied(rig: SemiconductorRig, volts: float, index: int) -> None:
    """The drain at `volts` on the range `index`, looked at once, so that it is there from now on.

    What the look reads is not used: insulators still take up charge.
    """
    await rig.drain.source_voltage(volts, compliance=RANGES[index], voltage_range=VOLTS)
    await rig.drain.measure()


async def _slowly(rig: SemiconductorRig, states: States, index: int) -> tuple[Reading, ...]:
    await rig.drain.source_voltage(states.off[1], compliance=RANGES[index], voltage_range=VOLTS)
    await rig.drain.integrate(CYCLES)
    await clock.sleep(1.0)
    return tuple([(await rig.drain.measure()).current for _ in range(OFF)])


async def _lifted(rig: SemiconductorRig, place: Place, states: States, last: Turn) -> Turn:
    """The same with the probes lifted, on the range that the leakage was read on."""
    await above(rig, place, 0)
    full = max(one.accuracy.range for one in last.off if one.accuracy is not None)
    index = min(range(len(RANGES)), key=lambda n: abs(np.log(RANGES[n] / full)))
    await _on(rig)
    await _gated(rig, states.off[0])
    await _applied(rig, states.off[1], index)
    await clock.sleep(REST)
    off = await _slowly(rig, states, index)
    await _off(rig)
    return Turn((), off)


def spoilt(
    states: States, curve: Currents, turns: Sequence[Turn], lifted: Turn, temperature: float
) -> tuple[Text, ...]:
    """Why these are no evidence; empty where they are. `temperature` in degC."""
    found: list[Text] = []
    if any(stands_still([one.value for one in turn.off]) for turn in (*turns, lifted)):
        found.append(Text(FROZEN, {}))
    volts = np.array([sum(point) for point in states.path])
    amps = np.array([one.value for one in curve.values])
    beyond = steepest(volts, amps, temperature, NOISE)
    if beyond > SLACK:
        found.append(Text(CLIPPED, {"decades": f"{beyond:.1f}"}))
    on = [float(np.mean([one.value for one in turn.on])) for turn in turns]
    if max(on) > 1.05 * min(on) or min(on) <= 0.0:
        found.append(Text(MOVED, {}))
    return tuple(found)


def leakage(mc: MonteCarlo, turn: Turn, lifted: Turn) -> Draws:
    """Draws of a leakage in A less what flows with the probes lifted, shape (draws + 1, 1)."""
    out = mc.mean(turn.off) - mc.mean(lifted.off)
    for name, part in (("off", turn.off), ("lifted", lifted.off)):
        values = np.array([one.value for one in part])
        scatter = float(values.std(ddof=1)) / len(values) ** 0.5
        key = f"{name} at {part[0].t:.1f} s"
        out = out + mc.certified(key, scatter, student(len(values) - 1), "noise of the meter")
    return out


def ratio_of(mc: MonteCarlo, turn: Turn, lifted: Turn) -> Draws:
    """Draws of on over off, shape (draws + 1,)."""
    return (mc.mean(turn.on) / np.abs(leakage(mc, turn, lifted)))[:, 0]


def least_ratio(mc: MonteCarlo, turns: Sequence[Turn], lifted: Turn) -> tuple[float, float] | None:
    """Least ratio and largest leakage in A of turns whose leakage cannot be told from zero; None
    where it can in all.

    The largest is that of the end of the 95 % interval which lies farther from zero.
    """
    worst, told = 0.0, True
    for turn in turns:
        draws = leakage(mc, turn, lifted)[1:, 0]
        low, high = (float(end) for end in np.quantile(draws, (0.025, 0.975)))
        told = told and low * high > 0.0
        worst = max(worst, abs(low), abs(high))
    if told:
        return None
    on = np.concatenate([mc.mean(turn.on)[1:, 0] for turn in turns])
    return float(np.quantile(on, 0.025)) / worst, worst


def _told(turns: Sequence[Turn]) -> Text:
    on = np.mean([one.value for turn in turns for one in turn.on])
    off = np.mean([one.value for turn in turns for one in turn.off])
    words = {"on": f"{on:.4g}", "off": f"{off:.4g}"}
    return Text(N_("On {on} A, off {off} A before the background is taken off."), words)
