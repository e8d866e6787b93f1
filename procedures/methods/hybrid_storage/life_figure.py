"""The cycle life of a station out of its checks: run, censored, or extrapolated; with conditions.

A PASS needs the cycles to have been run: a station that is alive when the planned ones are over
gives a censored reading, or, where its sheet says so before the test, an extrapolation with the
spread of three fade laws.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from labctl.evidence import Contribution, Evidence, Figure, Observed
from labctl.i18n import N_
from labctl.judging.marks import EXTRAPOLATED
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.lives import censored, extrapolated_life
from labctl.words import Words
from procedures.analysis.end_by_parabola import bent_crossing, checks_beside
from procedures.analysis.end_of_life import LEAST, is_over, last_above, repeats, retained
from procedures.methods.hybrid_storage.energy import HOW, energy_of, flows_of
from procedures.methods.hybrid_storage.life import Check, Life, air_of, delivered, live
from procedures.methods.hybrid_storage.plant import ENERGY, FADE, Plant, plant_on
from procedures.methods.observing import observed_amount, observed_log, spread
from procedures.methods.one_figure import BUDGET_DRAWS
from rigs.hybrid import HybridRig

ALIVE = "alive_at_the_end"
"""What the sheet declares, before the test, becomes of a station that is alive when the planned
cycles are over: `extrapolated`, else it is a censored reading."""

LIFE_HOW = N_(
    "The station runs its cycles by itself in the window of states of charge that the sheet "
    "states; after each 500 the second of two full cycles between the cells' own limits tells "
    "the delivered energy. The life ends where that falls to the set share of the first one: a "
    "parabola through the four checks before it and the two after it. Taken to 25 degC by the "
    "station's coefficient of the life; every cycle counts as one, those of the checks with them."
)
CENSORED_HOW = N_("The station was alive when the planned cycles were over: a censored reading.")
EXTRAPOLATED_HOW = N_(
    "The planned cycles were over before the end of life, and the sheet asks for an extrapolation: "
    "the spread of a linear, a square-root and a knee law is part of the uncertainty."
)
LEFT_OUT: tuple[Words, ...] = (
    N_("end criterion: delivered energy at the AC terminals stands for the capacity"),
    N_("phase displacement of the current transformers, at a power factor of 1"),
    N_("calendar ageing beside that of the cycles' own time"),
    N_("early stop: what an interruption changes beyond the gaps that are allowed"),
)


async def cycle_life(run: Run, rig: HybridRig, result: str) -> Evidence:
    """Evidence for `result`: cycles until the retention of the conditions, at their rates."""
    plant = plant_on(run, rig)
    rate = run.set_point("discharge_p_rate", "P_rate")
    end = run.set_point("retention", "%") / 100.0
    life = await live(run, rig, plant, rate, end)
    return await run.reduce(lambda: evidence_of(run, plant, life, result, end))


def evidence_of(run: Run, plant: Plant, life: Life, result: str, end: float) -> Evidence:
    """Evidence for `result`, the life in cycles, with its conditions."""
    figure, told, budget = _figure(run, plant, life, result, end)
    for observed in conditions(run, plant, life, end):
        run.observe(observed)
    return run.evidence(
        {result: figure},
        how=(HOW, LIFE_HOW, *told),
        left_out=LEFT_OUT,
        unstated=plant.unstated(FADE, ENERGY),
        budget=budget,
    )


def _figure(
    run: Run, plant: Plant, life: Life, result: str, end: float
) -> tuple[Figure, tuple[Words, ...], tuple[Contribution, ...]]:
    """The life in cycles, what is to be said of it, and its budget."""
    kept = delivered(run, plant, life.checks)
    over = is_over(kept, end)
    if not over and plant.sample.aspects.get(ALIVE) != EXTRAPOLATED:
        alive = last_above([one.cycles for one in life.checks], kept, end)
        return censored(alive, "cyc"), (CENSORED_HOW,), ()

    def crossed(mc: MonteCarlo) -> Draws:
        return run_life(mc, plant, life, end)

    def beyond(mc: MonteCarlo) -> Draws:
        return extrapolated(mc, plant, life, end)

    reduction = crossed if over else beyond
    reasons = () if over else (EXTRAPOLATED,)
    told = () if over else (EXTRAPOLATED_HOW,)
    budget = run.monte_carlo.budget(reduction, result, BUDGET_DRAWS)
    return run.figure(result, reduction, "cyc", reasons), told, budget


def run_life(mc: MonteCarlo, plant: Plant, life: Life, end: float) -> Draws:
    """Draws of the life in cycles at 25 degC, shape (draws + 1,), its end among the checks."""
    checks = life.checks
    read = _energies(mc.like(2), plant, checks)[0]
    beside = checks_beside(read / read[0], end)
    chosen = [0, *range(beside.first, beside.last)]
    retention = _retention(mc, plant, checks, chosen, read)
    counts = [checks[number].cycles for number in chosen[1:]]
    return bent_crossing(counts, retention[:, 1:], end) / plant.warmed(mc, FADE, air_of(life))


def extrapolated(mc: MonteCarlo, plant: Plant, life: Life, end: float) -> Draws:
    """Draws of the life in cycles at 25 degC beyond the last check, shape (draws + 1,)."""
    chosen = range(len(life.checks))
    read = _energies(mc.like(2), plant, life.checks)[0]
    retention = _retention(mc, plant, life.checks, chosen, read)
    counts = [one.cycles for one in life.checks]
    found = extrapolated_life(mc, counts, retention, end)
    return found / plant.warmed(mc, FADE, air_of(life))


def _energies(mc: MonteCarlo, plant: Plant, checks: Sequence[Check]) -> Draws:
    """Draws of the delivered energy in J of each check at 25 degC, shape (draws + 1, n)."""
    return np.stack([energy_of(mc, plant, one.full) for one in checks], axis=1)


def _retention(
    mc: MonteCarlo, plant: Plant, checks: Sequence[Check], chosen: Sequence[int], read: Draws
) -> Draws:
    """Draws of the retention (0..1) of the `chosen` checks, the first of which is the reference,
    with the scatter that the energies `read` in all checks show, in J, shape (draws + 1, n)."""
    energies = _energies(mc, plant, [checks[number] for number in chosen])
    if len(checks) >= LEAST:
        seen = repeats([one.cycles for one in checks], read)
        # A normal of the variance that the t of so few degrees of freedom has.
        wider = np.sqrt(seen.freedom / (seen.freedom - 2.0)) if seen.freedom > 2 else 2.0
        noise = mc.block("repeatability/check", "checks", len(chosen), "scatter of the checks")
        energies = energies + wider * seen.deviation * noise
    return retained(energies)


def conditions(run: Run, plant: Plant, life: Life, end: float) -> list[Observed]:
    """Rates, depth of discharge, air and retention as they were through the life."""
    mc, one_hour = run.monte_carlo, plant.power(1.0)
    both = [(one, one.window) for one in life.checks if one.window is not None]
    kept = delivered(run, plant, life.checks)
    full = [flows_of(mc, plant, check.full).delivered for check, _ in both]
    parts = [flows_of(mc, plant, one).delivered for _, one in both]
    taken = [plant.all_phases(mc, one.charged) / one.charge_seconds for _, one in both]
    given = [part / one.discharge_seconds for part, (_, one) in zip(parts, both, strict=True)]
    depth = [100.0 * part / whole for part, whole in zip(parts, full, strict=True)]
    counts = [float(check.cycles) for check, _ in both]
    found = (
        ("charge_p_rate", "P_rate", [one / one_hour for one in taken]),
        ("discharge_p_rate", "P_rate", [one / one_hour for one in given]),
        ("depth_of_discharge", "%", depth),
    )
    logged = [
        observed_log(name, unit, counts, _row(draws), spread(draws[0]), run.band(name, unit))
        for name, unit, draws in found
    ]
    retention = 100.0 * (end if is_over(kept, end) else kept[-1])
    return [*logged, _temperature(run, plant, life), observed_amount("retention", retention, "%")]


def _row(draws: Sequence[Draws]) -> np.ndarray:
    return np.array([float(one[0]) for one in draws])


def _temperature(run: Run, plant: Plant, life: Life) -> Observed:
    """The air at the inlets in degC, the mean of both at each look."""
    readings = air_of(life)
    times = [one.t for one in readings[::2]]
    values = np.array([one.value for one in readings]).reshape(-1, 2).mean(axis=1)
    u = spread(plant.kelvin(run.monte_carlo, readings))
    return observed_log("temperature", "degC", times, values, u, run.band("temperature", "degC"))
