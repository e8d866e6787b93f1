"""Warp of a free wafer, as evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from labctl.evidence import Evidence, Observed
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text, Words
from procedures.analysis.wafer_shape import (
    FIT,
    PLANE,
    carried,
    drawn_warp,
    free,
    size,
    warp,
)
from procedures.methods.contributions import unknown, unstated
from procedures.methods.wafer.roughness import DIAMETER
from procedures.methods.wafer.shape_maps import EXCLUDED, Mapped, pair
from rigs.wafer_shape import WaferShapeRig

Array = NDArray[np.float64]
Pair = tuple[Mapped, Mapped]

ROUNDS = 3
"""Pairs of maps; the wafer is laid anew for each."""

LINEARITY = "gauge_linearity"
BENCH = (LINEARITY,)
"""Contributions that the bench states: of a height's scale (relative)."""

LOW = 3
"""Highest degree of those terms that drift and laying move most; the others scatter apart."""

ROUGH = 0.03
"""Share of the range that residuals may have beside the scatter from site to site."""

SAG, GRAVITY, DENSITY, MODULUS = 0.15, 9.81, 6000.0, 1.5e11
"""Largest range of a plate on three points of its rim over load times radius^4 over rigidity
(S. Timoshenko, S. Woinowsky-Krieger, Theory of Plates and Shells: 0.114 in the middle); m/s**2;
kg/m**3 and Pa of a crystal softer than gallium oxide."""

BUDGET_DRAWS = 300

HOW = N_(
    "Maps of both faces on three points, {count} times as laid and turned over; half the "
    "difference of the median surfaces, free of the wafer's weight. Range about the best-fit "
    "plane of a surface of degree {degree}, within {radius} mm of the centre ({edge} mm of edge "
    "left out), mean of the rounds."
)
BESIDE = N_(
    "Single rounds from {low} to {high} um; weight and gauge {sag} um, taken off; scatter of a "
    "site {noise} um; a surface of degree {more} has {other} um. Mean thickness {thick} um."
)
NOT = N_("No figure: at least one map is no evidence.")
LEFT_OUT = (
    N_("shape of waves shorter than some 8 mm, which the fitted surface smooths"),
    N_("straightness of the gauge's stage that is not alike on the left and on the right"),
)
FAULTS: Mapping[str, str] = {
    "faces": N_("a map does not hold heights of both faces"),
    "diameter": N_("a map is of a wafer of another diameter"),
    "edge": N_("a map leaves out more of the edge than was agreed"),
    "outside": N_("a map has sites outside the wafer"),
    "missing": N_("a map lacks heights within the quality area"),
    "few": N_("a map has too few sites within the quality area"),
    "gap": N_("a part of the quality area has no sites"),
    "same": N_("one map was handed in twice"),
    "rough": N_("the surface is rougher than the fit: residuals exceed the gauge's noise"),
    "turned": N_(
        "what the maps share is more than the wafer's weight does: it was not turned over about "
        "the axis through its notch"
    ),
}


async def wafer_warp(run: Run, rig: WaferShapeRig, result: str, diameter: float) -> Evidence:
    """Evidence for `result`: warp in m of a wafer of nominal `diameter` in m."""
    if run.band("wafer_diameter", "m") is not None:
        across = await run.ask(DIAMETER)
        run.observe(Observed("wafer_diameter", across.value, "m", across.u))
    seen = [await pair(run, rig, number + 1, ROUNDS, diameter) for number in range(ROUNDS)]
    return await run.reduce(lambda: _evidence(run, result, seen))


def _evidence(run: Run, result: str, seen: Sequence[Pair]) -> Evidence:
    lacking = unstated(run.sample, run.contributions, (), BENCH)
    invalid = wrong(seen)
    if invalid:
        return run.evidence({}, how=NOT, invalid=invalid, unstated=lacking)

    def reduction(mc: MonteCarlo) -> Draws:
        return drawn(mc, seen, run.contributions)

    return run.evidence(
        {result: run.figure(result, reduction, "m")},
        how=told(seen),
        left_out=LEFT_OUT,
        unstated=lacking,
        budget=run.monte_carlo.budget(reduction, result, BUDGET_DRAWS),
    )


def shapes(seen: Sequence[Pair], more: bool = False) -> Array:
    """Coefficients in m of the free shape by each round, shape (rounds, terms)."""
    each = [[np.array(one.more if more else one.terms) for one in both] for both in seen]
    return np.array([free(laid, turned) for laid, turned in each])


def wrong(seen: Sequence[Pair]) -> tuple[Words, ...]:
    """Why these maps are no evidence; empty where they are."""
    maps = [one for both in seen for one in both]
    found = [each.fault for each in maps if each.fault]
    if not found:
        hashes, numbers = {each.sha256 for each in maps}, {each.terms for each in maps}
        found += ["same"] if min(len(hashes), len(numbers)) < len(maps) else []
        whole = warp(shapes(seen).mean(axis=0))
        found += ["rough"] if max(each.rough for each in maps) > ROUGH * whole else []
        found += ["turned"] if any(_shared(both) > heaviest(both[0]) for both in seen) else []
    return tuple(FAULTS[fault] for fault in dict.fromkeys(found))


def heaviest(one: Mapped) -> float:
    """More than the range in m by which its weight can bend a wafer as thick as in map `one`."""
    radius = one.radius + EXCLUDED
    load = 12.0 * DENSITY * GRAVITY * radius**4 / (MODULUS * max(one.thickness, 1e-9) ** 2)
    return SAG * load


def _shared(both: Pair) -> float:
    return warp(carried(np.array(both[0].terms), np.array(both[1].terms)))


def drawn(mc: MonteCarlo, seen: Sequence[Pair], contributions: Mapping[str, Quantity]) -> Draws:
    """Draws of the warp in m, shape (draws + 1, 1).

    Rounds scatter by noise, drift and laying. Terms of one degree are orthonormal over the quality
    area, so that even noise moves them alike: their deviations are pooled, for degrees 2 and 3 and
    for those above, and drawn as a t of the pooled degrees of freedom. How far a surface of a
    higher degree differs is drawn evenly.
    """
    rounds = shapes(seen)
    mean = rounds.mean(axis=0)
    changes = np.zeros((mc.draws + 1, len(mean)))
    changes[:, PLANE : size(LOW)] = _scatter(mc, "low", rounds[:, PLANE : size(LOW)])
    changes[:, size(LOW) :] = _scatter(mc, "high", rounds[:, size(LOW) :])
    out = drawn_warp(mean, changes)[:, None]
    coarse = abs(warp(shapes(seen, more=True).mean(axis=0)) - warp(mean))
    out = out + mc.rectangular("wafer/degree", coarse, "degree of the fitted surface")
    return out * (1.0 + unknown(mc, contributions, LINEARITY, "dimensionless"))


def _scatter(mc: MonteCarlo, name: str, rounds: Array) -> Draws:
    """Draws around 0 of the means of terms, shape (draws + 1, terms), by their pooled scatter
    over `rounds`, shape (rounds, terms)."""
    count, terms = rounds.shape
    freedom = (count - 1) * terms
    spread = float(np.sqrt(((rounds - rounds.mean(axis=0)) ** 2).sum() / freedom / count))
    source = f"wafer/{name} terms"
    moved = mc.block(source, "terms", terms, "scatter of the rounds")
    squares = (mc.block(source, "size", freedom, "scatter of the rounds") ** 2).mean(axis=1)
    wide = np.sqrt(np.where(squares > 0.0, squares, 1.0))
    return spread * moved / wide[:, None]


def told(seen: Sequence[Pair]) -> tuple[Text, ...]:
    """How it was measured, and what stands beside the figure."""
    rounds, maps = shapes(seen), [one for both in seen for one in both]
    each = [warp(one) for one in rounds]
    values = {
        "count": str(len(seen)),
        "degree": str(FIT),
        "radius": f"{1e3 * maps[0].radius:.1f}",
        "edge": f"{1e3 * EXCLUDED:.1f}",
    }
    beside = {
        "low": _um(min(each)),
        "high": _um(max(each)),
        "sag": _um(float(np.mean([_shared(both) for both in seen]))),
        "noise": _um(float(np.mean([one.noise for one in maps]))),
        "more": str(FIT + 2),
        "other": _um(warp(shapes(seen, more=True).mean(axis=0))),
        "thick": f"{1e6 * float(np.mean([one.thickness for one in maps])):.1f}",
    }
    return Text(HOW, values), Text(BESIDE, beside)


def _um(length: float) -> str:
    return f"{1e6 * length:.3f}"
