"""Range of threshold voltages over a set of transistors.

The threshold is the gate voltage at which a set drain current flows at a set drain voltage
(constant current; A. Ortiz-Conde et al., Microelectron. Reliab. 42 (2002) 583): it needs no model
of the curve. Current and drain voltage are the sheet's. Each transistor is read once; the lowest
and the highest one again and again, since what traps move is the scatter of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import msgspec
import numpy as np

from labctl import clock
from labctl.evidence import Evidence, Range, Reading
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.methods.contributions import unstated
from procedures.methods.one_figure import BUDGET_DRAWS
from procedures.methods.repeats import mean_of
from procedures.methods.semiconductor.probing import (
    WAFER_TEMPERATURE,
    arranged,
    kelvins,
    place_of,
    settled_chuck,
    touched,
)
from procedures.methods.trace import Trace
from rigs.semiconductor import SemiconductorRig

LOW, HIGH, CLOSE = -8.0, 12.0, 11
"""Gate voltages in V between which a threshold is looked for, and how often the interval is halved:
to 10 mV, over which a chord of the current's logarithm stands for the curve."""

GATE_RANGE, GATE_CURRENT, DRAIN_RANGE = 20.0, 1e-6, 2.0
"""V, A, V."""

HOLD = 10.0
"""Times the threshold's current: compliance of the drain."""

SETTLE, REPEATS, REST = 0.05, 4, 100.0
"""Seconds after a gate voltage; further readings of the ends, and s between them."""

WARMING = -1.7e-3
"""V/K of the thresholds (M. Wong et al., Appl. Phys. Lett. 109 (2016) 193503)."""

HOW = N_(
    "Gate voltage at {current} A of drain current at {drain} V, by halving; the lowest and the "
    "highest of {count} transistors five times. Thresholds: {each} V."
)
LEFT_OUT = (
    N_("how the process reached the thresholds: they were not tuned on one device"),
    N_("thresholds by another definition, such as extrapolation"),
)
NONE = N_("A transistor of the set has no threshold between -8 V and 12 V.")


class Chord(msgspec.Struct, frozen=True):
    """Two points of a transfer curve around the threshold: gate in V, drain in A; empty where the
    current does not cross the criterion."""

    gate: tuple[Reading, ...] = ()
    drain: tuple[Reading, ...] = ()


async def threshold_range(run: Run, rig: SemiconductorRig, result: str) -> Evidence:
    """Evidence for `result`: lowest and highest threshold in V."""
    place, sheet = place_of(run.sample), run.sample
    count = round(sheet.quantity("devices", "dimensionless").value)
    criterion = sheet.quantity("threshold_current", "A").value
    drain = sheet.quantity("drain_voltage", "V").value

    async def read(name: str, number: int, rest: float) -> Chord:
        async def once() -> Chord:
            await clock.sleep(rest)
            await touched(rig, place, number)
            return await chord(rig, drain, criterion)

        return await run.step(name, once, Chord)

    async with run.scope("set", lambda: arranged(rig, place)):
        chuck = await settled_chuck(run, rig, place)
        row = [await read(f"transistor {n + 1}", n, 0.0) for n in range(count)]
        if not all(one.gate for one in row):
            return run.evidence({}, how=(), left_out=LEFT_OUT, missing=(NONE,))
        found = [at_criterion(run.monte_carlo.like(2), one, criterion)[0, 0] for one in row]
        ends = int(np.argmin(found)), int(np.argmax(found))
        again = [
            [row[n], *[await read(f"again {n + 1}/{k + 1}", n, REST) for k in range(REPEATS)]]
            for n in ends
        ]
    words = {
        "current": f"{criterion:g}", "drain": f"{drain:g}", "count": str(count),
        "each": ", ".join(f"{one:.3f}" for one in sorted(found)),
    }  # fmt: skip
    read_out = Read(again, chuck, place.temperature, criterion)
    how = Text(HOW, words)
    return await run.reduce(lambda: _evidence(run, result, read_out, found, how))


class Read(NamedTuple):
    """What was read: chords of the lowest and of the highest transistor (`ends`), the `chuck` about
    `temperature` in degC, at the `current` in A that is the criterion."""

    ends: list[list[Chord]]
    chuck: Trace
    temperature: float
    current: float


def _evidence(run: Run, result: str, read: Read, found: Sequence[float], how: Text) -> Evidence:
    stated = run.contributions

    def threshold(mc: MonteCarlo, end: int) -> Draws:
        each = [at_criterion(mc, one, read.current)[:, 0] for one in read.ends[end]]
        warm = kelvins(mc, read.chuck.readings(), read.temperature, stated)
        return mean_of(mc, each, f"threshold {end}")[:, None] + WARMING * warm

    low, high = (run.monte_carlo.figure(threshold(run.monte_carlo, end), "V") for end in (0, 1))
    budget = [
        line
        for end, name in enumerate(("low", "high"))
        for line in run.monte_carlo.budget(
            partial(threshold, end=end), f"{result}, {name}", BUDGET_DRAWS
        )
    ]
    return run.evidence(
        {result: Range(low, high, between=_inside(found, low.value, high.value))},
        how=(how,),
        left_out=LEFT_OUT,
        unstated=unstated(run.sample, stated, (), (WAFER_TEMPERATURE,)),
        budget=tuple(budget),
    )


def _inside(found: Sequence[float], low: float, high: float) -> tuple[float, ...]:
    return tuple(float(one) for one in sorted(found) if low < one < high)


async def chord(rig: SemiconductorRig, drain: float, criterion: float) -> Chord:
    """The last two points around `criterion` in A at `drain` in V; sources off afterwards."""
    held = HOLD * criterion
    await rig.gate.source_voltage(LOW, compliance=GATE_CURRENT, voltage_range=GATE_RANGE)
    await rig.drain.wires(2)
    await rig.drain.integrate(1.0)
    await rig.drain.source_voltage(drain, compliance=held, voltage_range=DRAIN_RANGE)
    await rig.gate.output(True)
    await rig.drain.output(True)
    low, high = LOW, HIGH
    ends = [await _point(rig, low), await _point(rig, high)]
    for _ in range(CLOSE):
        middle = (low + high) / 2.0
        here = await _point(rig, middle)
        above = here[1].value >= criterion
        ends[int(above)] = here
        low, high = (low, middle) if above else (middle, high)
    await rig.drain.output(False)
    await rig.gate.output(False)
    below, beyond = ends
    if not 0.0 < below[1].value < criterion <= beyond[1].value < 0.9 * held:
        return Chord()
    return Chord((below[0], beyond[0]), (below[1], beyond[1]))


async def _point(rig: SemiconductorRig, gate: float) -> tuple[Reading, Reading]:
    await rig.gate.source_voltage(gate, compliance=GATE_CURRENT, voltage_range=GATE_RANGE)
    at = (await rig.gate.measure()).voltage
    await clock.sleep(SETTLE)
    return at, (await rig.drain.measure()).current


def at_criterion(mc: MonteCarlo, one: Chord, criterion: float) -> Draws:
    """Draws of the gate voltage in V at `criterion` in A, by the chord of the current's logarithm,
    shape (draws + 1, 1)."""
    gate = [mc.mean([reading]) for reading in one.gate]
    size = [np.log(np.maximum(mc.mean([reading]), 1e-30)) for reading in one.drain]
    share = (np.log(criterion) - size[0]) / (size[1] - size[0])
    return gate[0] + share * (gate[1] - gate[0])
