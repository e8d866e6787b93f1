"""Capacity, energy and efficiency of cycles that somebody else has measured."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from labctl.analysis import Analysed, Axis, Curve, Given, Plot, Setting, Source, analysis
from labctl.evidence import Result
from labctl.i18n import N_
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.weights import trapezoid

Array = NDArray[np.float64]

FEWEST = 3
"""Records that a charge or discharge must have."""

HOW = N_(
    "Charge and energy of each charge and discharge by trapezoids over the records: current, and "
    "current times voltage, over time. Coulombic efficiency = charge out over charge in, one cycle."
)
LEFT_OUT = (
    N_("time base of the cycler, and the digits of its printed times"),
    N_("temperature, cut-offs and rests as they were, which the figures depend on"),
)
SECONDS = (3600.0, 60.0, 1.0)
"""Of hours, minutes and seconds in a printed time."""


@dataclass
class _Leg:
    """Records of one charge or discharge: times in s, A (charge positive), V."""

    t: list[float] = field(default_factory=list[float])
    amperes: list[float] = field(default_factory=list[float])
    volts: list[float] = field(default_factory=list[float])


@dataclass
class _Cycle:
    """`number` by the file, its charge and its discharge."""

    number: int
    charge: _Leg = field(default_factory=_Leg)
    discharge: _Leg = field(default_factory=_Leg)


@analysis(
    "charge_discharge",
    N_("Capacity, energy and coulombic efficiency of each cycle of a Neware export (layered CSV)."),
    settings=(
        Setting("mass", N_("active mass, for specific figures"), unit="g", low=0.0),
        Setting("area", N_("electrode area, for areal figures"), unit="cm**2", low=0.0),
    ),
)
def cycles(given: Given) -> Analysed:
    """Figures of every cycle in the file that has a charge or a discharge."""
    source, mc = given.files[0], given.monte_carlo
    found = _read(source)
    results: dict[str, Result] = {}
    for cycle in found:
        results |= _figures(mc, source, cycle, given)
    missing = [
        f"{what}: no {figures} figures"
        for what, figures in (("mass", "specific"), ("area", "areal"))
        if not given.has(what)
    ]
    return Analysed(results, (HOW,), LEFT_OUT, tuple(missing), plots=_plots(found))


def _figures(mc: MonteCarlo, source: Source, cycle: _Cycle, given: Given) -> dict[str, Result]:
    name = f"cycle {cycle.number}"
    legs = {"charge": cycle.charge, "discharge": cycle.discharge}
    whole = {what: leg for what, leg in legs.items() if len(leg.t) >= FEWEST}
    charges = {what: _charge(mc, source, leg, f"{name} {what}") for what, leg in whole.items()}
    out: dict[str, Result] = {}
    for what, leg in whole.items():
        energy = charges[what] * _mean_voltage(mc, source, leg, f"{name} {what}")
        out[f"{name}/{what}_capacity"] = mc.figure(charges[what] / 3600.0, "A*h")
        out[f"{name}/{what}_energy"] = mc.figure(energy / 3600.0, "W*h")
        if what == "discharge":
            out |= _related(mc, name, (charges[what], energy), given)
    if len(charges) == len(legs):
        ratio = 100.0 * charges["discharge"] / charges["charge"]
        out[f"{name}/coulombic_efficiency"] = mc.figure(ratio, "%")
    return out


def _related(
    mc: MonteCarlo, name: str, both: tuple[Draws, Draws], given: Given
) -> dict[str, Result]:
    """Capacity and energy of a discharge by mass and by area, as far as they are given."""
    out: dict[str, Result] = {}
    for what, unit, prefix in (("mass", "kg", "specific"), ("area", "m**2", "areal")):
        if given.has(what):
            size = mc.quantity(what, given.quantity(what).to(unit))
            out[f"{name}/{prefix}_capacity"] = mc.figure(both[0] / size, f"C/{unit}")
            out[f"{name}/{prefix}_energy"] = mc.figure(both[1] / size, f"J/{unit}")
    return out


def _charge(mc: MonteCarlo, source: Source, leg: _Leg, name: str) -> Draws:
    """Draws of the charge in C (magnitude), (draws + 1, 1)."""
    readings = source.readings("current", [abs(one) for one in leg.amperes], "A")
    return mc.weighted(readings, trapezoid(np.array(leg.t)), name)


def _mean_voltage(mc: MonteCarlo, source: Source, leg: _Leg, name: str) -> Draws:
    """Draws of the mean voltage in V, weighted by charge, (draws + 1, 1)."""
    by = trapezoid(np.array(leg.t)) * np.abs(np.array(leg.amperes))
    return mc.weighted(source.readings("voltage", leg.volts, "V"), by / by.sum(), name)


def _plots(found: Sequence[_Cycle]) -> tuple[Plot, ...]:
    curves: list[Curve] = []
    for cycle in found:
        for what, leg in (("charge", cycle.charge), ("discharge", cycle.discharge)):
            if len(leg.t) >= FEWEST:
                hours = (np.array(leg.t) - leg.t[0]) / 3600.0
                label = f"{cycle.number} {what}"
                curves.append(Curve(label, tuple(hours.tolist()), tuple(leg.volts), line=True))
    axes = Axis(N_("time"), "h"), Axis(N_("voltage"), "V")
    return (Plot("cycles", N_("Voltage of charges and discharges"), *axes, tuple(curves)),)


def _read(source: Source) -> list[_Cycle]:
    """The cycles: rows begin with no empty cell (cycle), one (step) or two (record)."""
    rows = [row for row in csv.reader(source.text("utf-8-sig", "gb18030").splitlines()) if row]
    if len(rows) < FEWEST or rows[0][0] != "Cycle Index" or rows[2][:2] != ["", ""]:
        raise source.refused(
            "is no layered export of a Neware program", "export cycles, steps and records as CSV"
        )
    place = {name: at for at, name in enumerate(rows[2])}
    lacking = [n for n in ("Total Time", "Current(A)", "Voltage(V)") if n not in place]
    if lacking:
        raise source.refused(f"has no column {', '.join(lacking)}", "export them with the records")
    found: list[_Cycle] = []
    for number, row in enumerate(rows[3:], 4):
        if row[0]:
            found.append(_Cycle(int(row[0])))
        elif len(row) > place["Voltage(V)"] and not row[1] and found:
            _add(source, found[-1], row, place, number)
    return found


def _add(
    source: Source, cycle: _Cycle, row: Sequence[str], place: dict[str, int], number: int
) -> None:
    try:
        hours, minutes, seconds = (float(part) for part in row[place["Total Time"]].split(":"))
        amperes, volts = float(row[place["Current(A)"]]), float(row[place["Voltage(V)"]])
    except ValueError as error:
        raise source.refused(f"line {number}: {error}", "export the file again") from error
    if amperes == 0.0:
        return
    leg = cycle.charge if amperes > 0.0 else cycle.discharge
    time = np.dot(SECONDS, (hours, minutes, seconds))
    leg.t.append(float(time))
    leg.amperes.append(amperes)
    leg.volts.append(volts)
