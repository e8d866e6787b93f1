"""Resistance of ohmic contacts by a transmission-line structure.

Over a gap d between two contacts of width W lies R = Rs d / W + 2 Rc (H. Berger, Solid-State
Electron. 15 (1972) 145; D. Schroder, Semiconductor Material and Device Characterization, 3rd ed.,
section 3.4): the line through the resistances of gaps of several lengths meets 2 Rc at d = 0. The
figure is Rc W, which is in ohm times a length; a specific contact resistivity, ohm times an area,
needs the transfer length besides and is told, not judged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Evidence, Reading
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.shapes import student
from labctl.words import Text
from procedures.methods.contributions import unknown, unstated
from procedures.methods.one_figure import one_figure
from procedures.methods.semiconductor.probing import (
    WAFER_TEMPERATURE,
    arranged,
    kelvins,
    place_of,
    settled_chuck,
    touched,
)
from rigs.semiconductor import SemiconductorRig

Array = NDArray[np.float64]

CURRENT, COMPLIANCE = 100e-6, 2.0
"""A and V: some tenths of a volt over a gap, so that it is not warmed by more than its power."""

SHARES = (1.0, -1.0, 0.5, -0.5)
"""Currents in parts of `CURRENT`; both signs, so that offsets and thermal voltages cancel."""

READINGS, SETTLE = 3, 0.2
"""Readings at each current, and s after it was set."""

OHMIC = 0.02
"""Part by which the resistance at half the current may differ: beyond it the contacts are not
ohmic, and a line has no meaning."""

LEAST = 4
"""Gaps: a line needs more than its two parameters to show its scatter."""

WARMING = 0.003
"""1/K, by which contact resistances change with temperature, of either sign: implanted contacts on
gallium oxide go with the mobility of the layer (T^-0.75 or so) and with the barrier."""

OFFSET = "gap_offset"
"""Contribution of the bench: how much wider or narrower all gaps are than they are seen to be."""

HOW = N_(
    "Four probes on each gap of the structure; resistance from voltages at currents of both signs; "
    "straight line over the gaps' lengths. Half of its intercept, times the width of the contacts, "
    "is the figure: a resistance times a length, as the unit ohm centimetre says."
)
LEFT_OUT = (
    N_("current that flows around the ends of the contacts, outside their width"),
    N_("contacts that are not long against the transfer length"),
    N_("other structures of the wafer"),
)
NOT_OHMIC = N_(
    "The resistance depends on the current by more than 2 %: the contacts are not ohmic."
)


class GapReadings(msgspec.Struct, frozen=True):
    """Voltages in V and currents in A over one gap, `READINGS` at each of `SHARES` in turn."""

    voltage: tuple[Reading, ...]
    current: tuple[Reading, ...]


class Line(NamedTuple):
    """Weights of the resistances in the line's intercept and in its slope (1/m), shape (n,) each;
    `spread` of the intercept in units of the scatter about the line."""

    intercept: Array
    slope: Array
    spread: float


async def contact_resistance(run: Run, rig: SemiconductorRig, result: str) -> Evidence:
    """Evidence for `result`: contact resistance times contact width, in ohm m."""
    place = place_of(run.sample)
    count = round(run.sample.quantity("gaps", "dimensionless").value)
    lengths = np.array([run.sample.quantity(f"gap_{n + 1}", "m").value for n in range(count)])
    rows: list[GapReadings] = []
    async with run.scope("ladder", lambda: arranged(rig, place)):
        chuck = await settled_chuck(run, rig, place)
        for n in range(count):

            async def once(n: int = n) -> GapReadings:
                await touched(rig, place, n)
                return await over_gap(rig)

            rows.append(await run.step(f"gap {n + 1}", once, GapReadings))
    stated, width = run.contributions, run.sample.quantity("contact_width", "m")

    def reduction(mc: MonteCarlo) -> Draws:
        warm = kelvins(mc, chuck.readings(), place.temperature, stated)
        found = intercept(mc, rows, lengths, stated) / 2.0
        return found * mc.quantity("contact width", width) * (1.0 + WARMING * warm)

    missing = missed(run.monte_carlo, rows, count)
    evidence = await one_figure(
        run,
        result,
        "ohm*m",
        reduction,
        how=(HOW, _told(run.monte_carlo, rows, lengths, width.value)),
        left_out=LEFT_OUT,
        unstated=unstated(run.sample, stated, (), (OFFSET, WAFER_TEMPERATURE)),
    )
    return msgspec.structs.replace(evidence, missing=(*evidence.missing, *missing))


async def over_gap(rig: SemiconductorRig) -> GapReadings:
    """Voltages and currents over the gap under the probes; the source is off afterwards.

    `InstrumentError` where the source is held by its compliance: a probe does not touch.
    """
    volts, amps = list[Reading](), list[Reading]()
    await rig.drain.wires(4)
    await rig.drain.integrate(1.0)
    await rig.drain.source_current(0.0, compliance=COMPLIANCE, current_range=CURRENT)
    await rig.drain.output(True)
    for share in SHARES:
        level = share * CURRENT
        await rig.drain.source_current(level, compliance=COMPLIANCE, current_range=CURRENT)
        await clock.sleep(SETTLE)
        for _ in range(READINGS):
            point = await rig.drain.measure()
            if point.in_compliance:
                raise InstrumentError(
                    f"no current of {CURRENT:g} A flows at {COMPLIANCE:g} V",
                    address=rig.drain.address,
                    answer=f"{point.voltage.value:g} V",
                    remedy="look whether all four probes touch the pads",
                )
            volts.append(point.voltage)
            amps.append(point.current)
    await rig.drain.output(False)
    return GapReadings(tuple(volts), tuple(amps))


def gap_resistance(mc: MonteCarlo, row: GapReadings, pair: int = 0) -> Draws:
    """Draws in ohm of a gap by currents of both signs, full (`pair` 0) or half (1), shape (draws +
    1, 1)."""
    first, middle, last = (READINGS * n for n in (2 * pair, 2 * pair + 1, 2 * pair + 2))
    volts = mc.mean(row.voltage[first:middle]) - mc.mean(row.voltage[middle:last])
    return volts / (mc.mean(row.current[first:middle]) - mc.mean(row.current[middle:last]))


def line_over(lengths: Array) -> Line:
    """Least squares over `lengths` in m, shape (n,)."""
    away = lengths - lengths.mean()
    lever = away / float(away @ away)
    back = float(lengths.mean())
    spread = (1.0 / len(lengths) + back**2 / float(away @ away)) ** 0.5
    return Line(1.0 / len(lengths) - back * lever, lever, spread)


def scatter_about(line: Line, lengths: Array, ohms: Array) -> float:
    """Standard uncertainty in ohm of the intercept by the scatter of `ohms` about the line."""
    rest = ohms - float(line.intercept @ ohms) - float(line.slope @ ohms) * lengths
    return line.spread * float(np.sqrt(rest @ rest / (len(lengths) - 2)))


def intercept(
    mc: MonteCarlo,
    rows: Sequence[GapReadings],
    lengths: Array,
    stated: Mapping[str, Quantity],
) -> Draws:
    """Draws of the resistance in ohm that is left at no gap, shape (draws + 1, 1).

    Contacts that differ and gaps that were made differently scatter about the line; that all gaps
    are wider than they look like does not.
    """
    line = line_over(lengths)
    found = np.hstack([gap_resistance(mc, row) for row in rows])
    scatter = scatter_about(line, lengths, found[0])
    off = mc.certified("scatter", scatter, student(len(lengths) - 2), "contacts and gaps")
    slope = (found @ line.slope)[:, None]
    return (found @ line.intercept)[:, None] + off - slope * unknown(mc, stated, OFFSET, "m")


def missed(mc: MonteCarlo, rows: Sequence[GapReadings], count: int) -> tuple[str, ...]:
    """What keeps the line from meaning a contact resistance."""
    once = mc.like(2)
    full = np.array([gap_resistance(once, row)[0, 0] for row in rows])
    half = np.array([gap_resistance(once, row, 1)[0, 0] for row in rows])
    found: list[str] = []
    if float(np.max(np.abs(half / full - 1.0))) > OHMIC:
        found.append(NOT_OHMIC)
    if count < LEAST:
        found.append(N_("The structure has fewer than four gaps."))
    return tuple(found)


def _told(mc: MonteCarlo, rows: Sequence[GapReadings], lengths: Array, width: float) -> Text:
    """Sheet resistance and transfer length by the same line."""
    line, once = line_over(lengths), mc.like(2)
    ohms = np.array([gap_resistance(once, row)[0, 0] for row in rows])
    sheet = float(line.slope @ ohms) * width
    contact = float(line.intercept @ ohms) * width / 2.0
    words = {
        "sheet": f"{sheet:.4g}",
        "transfer": f"{1e6 * contact / sheet:.3g}",
        "specific": f"{1e4 * contact**2 / sheet:.2g}",
    }
    told = N_(
        "Sheet resistance {sheet} ohm, transfer length {transfer} um, specific contact resistivity "
        "{specific} ohm cm2."
    )
    return Text(told, words)
