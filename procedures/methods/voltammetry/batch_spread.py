"""How far batches of a catalyst lie apart: the signed overpotential of the worst from the mean.

The text names neither the number of batches nor what a difference is taken from. Here every batch
on the sheet is measured, each is compared with the mean of all, and the one that lies farthest,
with its sign, is judged against +-limit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from labctl.evidence import Evidence, Observed
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.extremes import largest_magnitude
from labctl.words import Text
from procedures.methods.voltammetry.disk import AREA, Film, measured, rotation
from procedures.methods.voltammetry.peaks import Array
from rigs.voltammetry import VoltammetryRig

WARMING = 1e-3
"""V/K of the overpotential at constant current density: some 50 kJ/mol at a Tafel slope of 50 mV
(T. Reier, M. Oezaslan, P. Strasser, ACS Catal. 2 (2012) 1765, for the kinetics of such films)."""

AREA_U = 0.005
"""Relative standard uncertainty of the disk's area, common to all batches: 0.0125 mm of 5 mm."""

LOADING, CELL, SETTLING, MASTER = (
    "film_loading",
    "cell_temperature",
    "film_settling",
    "master_reference",
)
"""Contributions of the bench: relative; in K; in V; in V. Each film has its own."""

HOW = N_(
    "One film of each batch on the same disk: the potential at the set current density by Tafel's "
    "line through eight readings of a slow sweep, less current times resistance by impedance, "
    "against a hydrogen electrode compared before and after. The figure is the deviation from the "
    "mean of all batches of the batch that lies farthest, with its sign."
)
LEFT_OUT = (
    N_("rotation and mass transport, which are the same for all batches"),
    N_("area of the disk and gain of the potentiostat, which cancel between batches"),
    N_("batches that were not mounted"),
)


async def batch_spread(run: Run, rig: VoltammetryRig, result: str) -> Evidence:
    """Evidence for `result`: worst signed deviation of a batch's overpotential, in V."""
    count = round(run.sample.quantity("batches", "dimensionless").value)
    density = run.set_point("current_density", "mA/cm**2")
    turned = await rotation(run)
    amperes = 1e-3 * density * AREA
    films = on_one_line([await measured(run, rig, n + 1, count, amperes) for n in range(count)])
    return await run.reduce(lambda: _evidence(run, result, films, density, turned))


def on_one_line(films: Sequence[Film]) -> list[Film]:
    """The films with their resistances on one line of the data sheet, the widest of all: they were
    read on one range of one instrument, so that its errors are common to them."""
    lines = [one.accuracy for film in films for one in film.resistance if one.accuracy is not None]
    if not lines:
        return list(films)
    widest = max(lines, key=lambda line: line.offset)

    def moved(film: Film) -> Film:
        ohms = tuple(msgspec.structs.replace(one, accuracy=widest) for one in film.resistance)
        return msgspec.structs.replace(film, resistance=ohms)

    return [moved(film) for film in films]


def _evidence(
    run: Run, result: str, films: Sequence[Film], density: float, turned: Quantity
) -> Evidence:
    amperes, stated = 1e-3 * density * AREA, run.contributions
    run.observe(_observed(run.monte_carlo, films, density))

    def reduction(mc: MonteCarlo) -> Draws:
        return worst_deviation(mc, films, amperes, stated)

    names = (LOADING, CELL, SETTLING, MASTER)
    return run.evidence(
        {result: run.figure(result, reduction, "V")},
        how=(HOW, *_told(run.monte_carlo.like(2), films, amperes, turned)),
        left_out=LEFT_OUT,
        unstated=tuple(Unstated(name) for name in names if name not in stated),
        budget=run.monte_carlo.budget(reduction, result),
    )


def _observed(mc: MonteCarlo, films: Sequence[Film], density: float) -> Observed:
    """The current density, which the readings are interpolated to: its unknown part alone."""
    currents = films[0].current
    middle = mc.mean(currents) / np.mean([one.value for one in currents])
    u = density * float(np.hypot(np.std(middle[1:]), AREA_U))
    return Observed("current_density", density, "mA/cm**2", u, density, density)


def _told(
    mc: MonteCarlo, films: Sequence[Film], amperes: float, turned: Quantity
) -> tuple[Text, ...]:
    told = N_("Batch {number}: {volts} V against the hydrogen electrode at the set current.")
    rows = [
        Text(told, {"number": str(n), "volts": f"{float(potential(mc, one, amperes)[0, 0]):.4f}"})
        for n, one in enumerate(films, 1)
    ]
    return (*rows, Text(N_("Rotation {rate} 1/min."), {"rate": f"{turned.value:g}"}))


def worst_deviation(
    mc: MonteCarlo, films: Sequence[Film], amperes: float, stated: Mapping[str, Quantity]
) -> Draws:
    """Draws of the figure in V, shape (draws + 1,)."""
    columns = [
        potential(mc, film, amperes) + unknown(mc, film, f"film {n}", amperes, stated)
        for n, film in enumerate(films, 1)
    ]
    found = np.hstack(columns)
    return largest_magnitude(found - found.mean(axis=1, keepdims=True))


def potential(mc: MonteCarlo, film: Film, amperes: float) -> Draws:
    """Draws of a film's potential in V at `amperes` in A against the hydrogen electrode, without
    the share of the resistance, shape (draws + 1, 1)."""
    weights, slope = tafel_line(film, amperes)
    values = np.array([one.value for one in film.current])
    errors = (mc.readings(film.current) / values - 1.0) @ weights
    against = mc.readings(film.potential) @ weights - slope * errors
    master = (mc.mean(film.before) + mc.mean(film.after)) / 2.0
    return against[:, None] - master - amperes * mc.mean(film.resistance)


def unknown(
    mc: MonteCarlo, film: Film, name: str, amperes: float, stated: Mapping[str, Quantity]
) -> Draws:
    """Draws in V of what is not known of one film, shape (draws + 1, 1); row 0 is 0."""
    _, slope = tafel_line(film, amperes)
    slope -= amperes * float(np.mean([one.value for one in film.resistance]))
    middle = [float(np.mean([one.value for one in part])) for part in (film.before, film.after)]
    out = mc.rectangular(f"{name}/reference drift", abs(middle[1] - middle[0]) / 2)
    for key, unit, factor in (
        (LOADING, "dimensionless", slope),
        (CELL, "K", WARMING),
        (SETTLING, "V", 1.0),
        (MASTER, "V", 0.5**0.5),
    ):
        if key in stated:
            out = out + factor * stated[key].to(unit).u * mc.normal(f"{name}/{key}")
    return out


def tafel_line(film: Film, amperes: float) -> tuple[Array, float]:
    """Weights of the readings in the potential at `amperes` in A by a line over ln(current), shape
    (n,), and the line's slope in V for each factor e of the current."""
    x = np.log([one.value for one in film.current])
    y = np.array([one.value for one in film.potential])
    away = x - x.mean()
    lever = away / float(away @ away)
    weights = np.full(len(x), 1.0 / len(x)) + lever * (np.log(amperes) - x.mean())
    return weights, float(lever @ y)
