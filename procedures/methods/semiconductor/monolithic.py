"""Whether transistor, diode, inverter and capacitor of one chip work, each by what it does.

The text asks for the blocks to be there. What counts as working is ours and wide of any grade: the
gate switches the transistor's current by a factor of a hundred and it blocks 200 V; the diode
rectifies by a hundred; the inverter's output goes from nine tenths of its supply to one; the
capacitor's impedance lies within 5 degrees of -90, at half to twice the capacitance of the sheet.
Between a tenth of these factors and the whole nothing is decided.
"""

from __future__ import annotations

from cmath import phase
from math import degrees, pi

import msgspec

from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.words import Text
from procedures.methods.grid_support.deciding import Mark, both, decided
from procedures.methods.semiconductor.probing import (
    Place,
    above,
    arranged,
    place_of,
    settled_chuck,
    touched,
)
from rigs.semiconductor import SemiconductorRig

BLOCKS = ("high_voltage_transistor", "low_voltage_diode", "inverter", "capacitor")
"""In the order in which they stand on the chip."""

SURE, NOT = 100.0, 10.0
"""Factors of a current from which on a block switches or rectifies, and below which it does not."""

HIGH, LOW, FAR = 0.9, 0.1, 5.0
"""Parts of the supply; times the capacitance of the sheet up to which it is in doubt."""

BLOCKING, BLOCKING_CURRENT = 200.0, 1e-4
"""V at the drain of the transistor that is off, and compliance in A."""

ON_CURRENT, GATE_CURRENT, SUPPLY_CURRENT = 1e-2, 1e-6, 1e-3
"""Compliances in A."""

FREQUENCY, LEVEL, ANGLE = 1e6, 0.1, 5.0
"""Hz and V of the LCR meter's signal; degrees about -90."""

FLOOR = 1e-12
"""A, below which a leakage counts as so much."""

SETTLE = 0.5
"""Seconds after each change."""

HOW = N_("Each block by what it does, under the same probes, one after the other.")
LEFT_OUT = (
    N_("how well a block works: other indicators ask for that"),
    N_("blocks that work at once, and leakage between them"),
)
DOUBT = N_("A block neither works nor fails beyond doubt.")


class Two(msgspec.Struct, frozen=True):
    """Two figures of one block in one unit, and whether a source was held by its compliance in the
    second."""

    first: float
    second: float
    held: bool = False


class Seen(msgspec.Struct, frozen=True):
    """Impedance in ohm."""

    resistance: float
    reactance: float


async def monolithic(run: Run, rig: SemiconductorRig) -> Evidence:
    """Evidence for the four blocks, each there or not."""
    place, sheet = place_of(run.sample), run.sample
    on, drain = (sheet.quantity(name, "V").value for name in ("gate_on", "drain_voltage"))
    forward, reverse = (
        sheet.quantity(name, "V").value for name in ("forward_voltage", "reverse_voltage")
    )
    supply = sheet.quantity("supply_voltage", "V").value
    farads = sheet.quantity("capacitance", "F").value
    async with run.scope("chip", lambda: arranged(rig, place)):
        await settled_chuck(run, rig, place)
        switched = await run.step("switch", lambda: _switch(rig, place, on, drain), Two)
        blocked = await run.step("block", lambda: _block(rig), Two)
        rectified = await run.step("rectify", lambda: _rectify(rig, place, forward, reverse), Two)
        inverted = await run.step("invert", lambda: _invert(rig, place, supply), Two)
        seen = await run.step("impedance", lambda: _impedance(rig, place), Seen)
    marks = {
        BLOCKS[0]: (switching(switched, ON_CURRENT), blocking(blocked)),
        BLOCKS[1]: (switching(rectified, ON_CURRENT),),
        BLOCKS[2]: (inverting(inverted, supply),),
        BLOCKS[3]: (storing(seen, farads),),
    }
    found = {name: decided(row, "by its function") for name, row in marks.items()}
    return run.evidence(
        {name: one.present for name, one in found.items() if one.present is not None},
        how=(HOW, *(mark.told for row in marks.values() for mark in row)),
        left_out=LEFT_OUT,
        missing=tuple(text for one in found.values() for text in one.missing),
    )


async def _fed(rig: SemiconductorRig, gate: float, drain: float, held: float) -> tuple[float, bool]:
    """Drain current in A at `gate` and `drain` in V, and whether the compliance `held` it."""
    await rig.gate.source_voltage(gate, compliance=GATE_CURRENT, voltage_range=20.0)
    await rig.drain.source_voltage(drain, compliance=held)
    await rig.gate.output(True)
    await rig.drain.output(True)
    await rig.gate.measure()
    await clock.sleep(SETTLE)
    point = await rig.drain.measure()
    return point.current.value, point.in_compliance


async def _off(rig: SemiconductorRig) -> None:
    await rig.drain.output(False)
    await rig.gate.output(False)


async def _switch(rig: SemiconductorRig, place: Place, on: float, drain: float) -> Two:
    await touched(rig, place, 0)
    await rig.drain.wires(2)
    first, held = await _fed(rig, on, drain, ON_CURRENT)
    second, _ = await _fed(rig, 0.0, drain, ON_CURRENT)
    await _off(rig)
    return Two(first, second, held)


async def _block(rig: SemiconductorRig) -> Two:
    """Current off at 200 V, with the door over the probes closed."""
    if not await rig.prober.is_closed():
        raise InstrumentError(
            "the door over the probes is open",
            address=rig.prober.address,
            remedy=f"close it: {BLOCKING:g} V come next",
        )
    amps, held = await _fed(rig, 0.0, BLOCKING, BLOCKING_CURRENT)
    await _off(rig)
    return Two(BLOCKING_CURRENT, amps, held)


async def _rectify(rig: SemiconductorRig, place: Place, forward: float, reverse: float) -> Two:
    await touched(rig, place, 1)
    first, held = await _fed(rig, 0.0, forward, ON_CURRENT)
    second, _ = await _fed(rig, 0.0, reverse, ON_CURRENT)
    await _off(rig)
    return Two(first, second, held)


async def _invert(rig: SemiconductorRig, place: Place, supply: float) -> Two:
    await touched(rig, place, 2)
    outputs: list[float] = []
    held = False
    for level in (0.0, supply):
        held = (await _fed(rig, level, supply, SUPPLY_CURRENT))[1] or held
        outputs.append((await rig.output.measure_voltage(voltage_range=10.0)).value)
    await _off(rig)
    return Two(outputs[0], outputs[1], held)


async def _impedance(rig: SemiconductorRig, place: Place) -> Seen:
    """The capacitor's impedance, after a correction with the probes lifted."""
    await rig.lcr.set_frequency(FREQUENCY)
    await rig.lcr.set_level(LEVEL)
    await above(rig, place, 3)
    await rig.lcr.correct("open")
    await rig.prober.contact(True)
    point = await rig.lcr.measure()
    return Seen(point.resistance.value, point.reactance.value)


def switching(found: Two, top: float) -> Mark:
    """Whether the first current in A is a hundred times the second, and some hundredth of its
    compliance `top` in A: what is less may be the meter's zero, of which a ratio says nothing."""
    factor = abs(found.first) / max(abs(found.second), FLOOR)
    share = SURE * found.first / top
    small = None if NOT / SURE < share < 1.0 else share >= 1.0
    holds = both(None if NOT < factor < SURE else factor >= SURE, small)
    if found.held and holds:
        holds = None
    words = {"on": f"{found.first:.3g}", "off": f"{found.second:.3g}"}
    return Mark(holds, DOUBT, Text(N_("{on} A on, {off} A off."), words))


def blocking(found: Two) -> Mark:
    """Whether less than a hundredth of the compliance flows at 200 V."""
    factor = found.first / max(abs(found.second), FLOOR)
    holds = False if found.held else (True if factor >= SURE else None)
    told = Text(N_("{off} A off at 200 V."), {"off": f"{found.second:.3g}"})
    return Mark(holds, DOUBT, told)


def inverting(found: Two, supply: float) -> Mark:
    """Whether the output in V goes from high to low when the input goes from 0 to `supply` in V."""
    low, high = LOW * supply, HIGH * supply
    holds = found.first >= high and found.second <= low
    between = low < found.second < high and found.first >= high
    words = {"low": f"{found.first:.3g}", "high": f"{found.second:.3g}"}
    told = N_("Output {low} V at an input of 0 V, {high} V at the supply.")
    return Mark(None if between or (holds and found.held) else holds, DOUBT, Text(told, words))


def storing(seen: Seen, farads: float) -> Mark:
    """Whether the impedance is that of a capacitor of about `farads` in F."""
    angle = degrees(phase(complex(seen.resistance, seen.reactance)))
    found = 0.0 if seen.reactance >= 0.0 else -1.0 / (2.0 * pi * FREQUENCY * seen.reactance)
    near = abs(angle + 90.0) <= ANGLE
    holds = near and farads / 2.0 <= found <= 2.0 * farads
    doubtful = not holds and farads / FAR <= found <= FAR * farads
    words = {"farads": f"{found:.3g}", "angle": f"{angle:.1f}"}
    told = Text(N_("{farads} F at {angle} degrees."), words)
    return Mark(None if doubtful else holds, DOUBT, told)
