"""Switching threshold of an inverter: the input at which the output equals it.

The voltage transfer curve falls steeply there (J. Rabaey, Digital Integrated Circuits, 2nd ed.,
section 1.3.2). It is found once over the whole supply; each pass then halves an interval that holds
it until a chord may stand for the curve. Gains of some hundred leave no room for a line through
points that were chosen beforehand. What traps in the gate stack move is the scatter of the passes.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Evidence, Reading
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.methods.contributions import unstated
from procedures.methods.one_figure import one_figure
from procedures.methods.repeats import mean_of
from procedures.methods.semiconductor.probing import (
    WAFER_TEMPERATURE,
    Place,
    arranged,
    kelvins,
    place_of,
    settled_chuck,
    touched,
)
from rigs.semiconductor import SemiconductorRig

Array = NDArray[np.float64]

LOOKS = 26
"""Inputs between 0 and the supply at which the crossing is looked for."""

AROUND, CLOSE = 0.04, 9
"""V beyond the two readings between which the crossing was seen, where a pass begins, and how often
it halves that."""

REPEATS, REST = 6, 100.0
"""How often the crossing is read, and s in between, over which the gate stack forgets."""

SUPPLY_CURRENT, GATE_CURRENT = 1e-3, 1e-6
"""Compliances in A."""

SETTLE = 0.05
"""Seconds between an input and its reading."""

NEAR, WIDE = 2.0, 20.0
"""Ranges in V of the input; the near one is read more closely."""

OUTPUT_RANGE = 10.0
"""Range in V of the meter at the output."""

WARMING = -1.7e-3
"""V/K of the thresholds of lateral gallium oxide devices (M. Wong et al., Appl. Phys. Lett. 109
(2016) 193503): the crossing moves with the driver's."""

HOW = N_(
    "Input and output of the inverter were read at its supply voltage; the crossing of output and "
    "input is that of the chord over the last of nine halved intervals, mean of six such passes."
)
LEFT_OUT = (
    N_("another supply voltage than the sheet's"),
    N_("crossings at speed: the curve is static"),
)
NO_CROSSING = N_(
    "The output does not cross the input between 0 and the supply: it does not invert."
)


MOVED = N_("The crossing moved out of the interval in which it was seen.")


class Curve(msgspec.Struct, frozen=True):
    """Inputs and outputs in V, one after the other."""

    input: tuple[Reading, ...]
    output: tuple[Reading, ...]

    @property
    def difference(self) -> Array:
        """Output less input in V, shape (n,)."""
        pairs = zip(self.output, self.input, strict=True)
        return np.array([out.value - put.value for out, put in pairs])


async def inverter_threshold(run: Run, rig: SemiconductorRig, result: str) -> Evidence:
    """Evidence for `result`: switching threshold in V."""
    place = place_of(run.sample)
    supply = run.sample.quantity("supply_voltage", "V").value
    async with run.scope("inverter", lambda: _ready(rig, place)):
        chuck = await settled_chuck(run, rig, place)
        whole = await run.step("curve", lambda: _whole(run, rig, supply), Curve)
        around = bracket(whole)
        if around is None:
            return run.evidence({}, how=(HOW,), left_out=LEFT_OUT, missing=(NO_CROSSING,))
        near = around
        passes = [
            await run.step(f"pass {n + 1}", lambda: _pass(rig, supply, near), Curve)
            for n in range(REPEATS)
        ]
        if any(bracket(one) is None for one in passes):
            return run.evidence({}, how=(HOW,), left_out=LEFT_OUT, missing=(MOVED,))
    stated = run.contributions

    def reduction(mc: MonteCarlo) -> Draws:
        each = [crossed(mc, one)[:, 0] for one in passes]
        warm = kelvins(mc, chuck.readings(), place.temperature, stated)
        return mean_of(mc, each, "crossing")[:, None] + WARMING * warm

    gain = float(np.mean([-slope_of(one) for one in passes])) - 1.0
    told = N_("Supply {supply} V; gain {gain} at the crossing.")
    return await one_figure(
        run,
        result,
        "V",
        reduction,
        how=(HOW, Text(told, {"supply": f"{supply:g}", "gain": f"{gain:.3g}"})),
        left_out=LEFT_OUT,
        unstated=unstated(run.sample, stated, (), (WAFER_TEMPERATURE,)),
    )


async def _ready(rig: SemiconductorRig, place: Place) -> None:
    await arranged(rig, place)
    await touched(rig, place, 0)


async def _whole(run: Run, rig: SemiconductorRig, supply: float) -> Curve:
    levels = [supply * n / (LOOKS - 1) for n in range(LOOKS)]
    found = await curve(rig, supply, levels, WIDE)
    await run.record("curve/input", *found.input)
    await run.record("curve/output", *found.output)
    return found


async def _pass(rig: SemiconductorRig, supply: float, around: tuple[float, float]) -> Curve:
    """The last two readings around the crossing between `around` in V; sources off afterwards."""
    await clock.sleep(REST)
    low, high = around[0] - AROUND, around[1] + AROUND
    near = NEAR if high < NEAR else WIDE
    await _powered(rig, supply, near)
    ends = [await _looked(rig, low, near), await _looked(rig, high, near)]
    for _ in range(CLOSE):
        middle = (low + high) / 2.0
        found = await _looked(rig, middle, near)
        below = found.difference[0] <= 0.0
        ends[int(below)] = found
        low, high = (low, middle) if below else (middle, high)
    await _off(rig)
    return joined(ends)


async def curve(
    rig: SemiconductorRig, supply: float, levels: Sequence[float], input_range: float
) -> Curve:
    """Output at each of `levels` in V of the input, on the range `input_range` in V, at `supply` in
    V; sources off afterwards. `InstrumentError` where a source is held by its compliance."""
    await _powered(rig, supply, input_range)
    found = [await _looked(rig, level, input_range) for level in levels]
    await _off(rig)
    return joined(found)


def joined(parts: Sequence[Curve]) -> Curve:
    """`parts` one after the other, voltages in V."""
    return Curve(
        tuple(put for one in parts for put in one.input),
        tuple(out for one in parts for out in one.output),
    )


async def _powered(rig: SemiconductorRig, supply: float, input_range: float) -> None:
    await rig.gate.source_voltage(0.0, compliance=GATE_CURRENT, voltage_range=input_range)
    await rig.drain.wires(2)
    await rig.drain.source_voltage(supply, compliance=SUPPLY_CURRENT)
    await rig.gate.output(True)
    await rig.drain.output(True)


async def _off(rig: SemiconductorRig) -> None:
    await rig.drain.output(False)
    await rig.gate.output(False)


async def _looked(rig: SemiconductorRig, level: float, input_range: float) -> Curve:
    await rig.gate.source_voltage(level, compliance=GATE_CURRENT, voltage_range=input_range)
    point = await rig.gate.measure()
    await clock.sleep(SETTLE)
    fed = await rig.drain.measure()
    if point.in_compliance or fed.in_compliance:
        raise InstrumentError(
            f"a source is held by its compliance at an input of {level:g} V",
            address=rig.drain.address,
            answer=f"{fed.current.value:g} A from the supply, {point.current.value:g} A input",
            remedy="look for a short, and whether the supply is the one of the sheet",
        )
    return Curve((point.voltage,), (await rig.output.measure_voltage(voltage_range=OUTPUT_RANGE),))


def bracket(whole: Curve) -> tuple[float, float] | None:
    """Inputs in V of the two readings of a rising sweep between which the output falls below the
    input; None where it does not, or more than once."""
    away = whole.difference
    falls = np.flatnonzero((away[:-1] > 0.0) & (away[1:] <= 0.0))
    if len(falls) != 1:
        return None
    n = int(falls[0])
    return whole.input[n].value, whole.input[n + 1].value


def slope_of(one: Curve) -> float:
    """Change of output less input with the input, by least squares; dimensionless."""
    x = np.array([put.value for put in one.input])
    away = x - x.mean()
    return float(away @ one.difference / (away @ away))


def crossed(mc: MonteCarlo, one: Curve) -> Draws:
    """Draws in V of where the output equals the input by the line through `one`, shape (draws + 1,
    1)."""
    put, out = mc.mean(one.input), mc.mean(one.output)
    return put - (out - put) / slope_of(one)
