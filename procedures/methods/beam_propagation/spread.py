"""Spread of the divergence between the wavelengths of a laser, as evidence (ISO 11146-1)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from labctl.asking.prompts import ChoicePrompt
from labctl.errors import OperatorError
from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text, Words
from procedures.methods.beam_propagation.divergence import BENCH
from procedures.methods.beam_propagation.measuring import Caustic, Mirror, caustic, mirror
from procedures.methods.beam_propagation.reducing import divergences, lacking, told, worse
from procedures.methods.beam_propagation.showing import shown
from procedures.methods.contributions import unstated
from rigs.beam import BeamRig

PASSES = 1
NOT_YET = "not yet"

FILTER = N_("Put the filter for {wavelength} nm into the beam; choose its number when it is in")
HOW = N_(
    "The wavelengths were let through one after the other by filters, and for each the beam behind "
    "a mirror pictured in {planes} planes along its axis. The full divergence of each is the width "
    "in the focal plane over the focal length, of its worse axis; the figure is the largest less "
    "the smallest of them."
)
EACH = N_("{wavelength} nm: {divergence} mrad +- {expanded} mrad.")
FEWER = N_("two wavelengths or more on the sheet of the sample")
LEFT_OUT = (
    N_("what the mirror, the filters and the attenuator do to the wave front"),
    N_("how the pump stood: all wavelengths are measured at the same one"),
)


async def divergence_spread(run: Run, rig: BeamRig, result: str) -> Evidence:
    """Evidence for `result`: largest less smallest full divergence of the wavelengths in rad."""
    light = wavelengths(run.sample.properties)
    focusing = await mirror(run)
    seen = list[Caustic]()
    for index, one in enumerate(light):
        number = index + 1
        await _filter(run, number, len(light), one)
        done = index / len(light)
        seen.append(await caustic(run, rig, f"order {number}", focusing, PASSES, done))
    missing = tuple(dict.fromkeys(what for one in seen for what in lacking(one)))
    missing += () if len(light) > 1 else (FEWER,)

    def reduction(mc: MonteCarlo) -> Draws:
        return span(each(mc, seen, focusing, run.contributions))

    return await shown(
        run,
        result,
        "rad",
        reduction,
        missing=missing,
        how=(HOW, () if missing else _told(run, seen, focusing, light), len(seen[0].planes)),
        left_out=LEFT_OUT,
        unstated=unstated(run.sample, run.contributions, (), BENCH),
    )


def wavelengths(properties: Mapping[str, Quantity]) -> list[Quantity]:
    """What the sheet states of `wavelength_1`, `wavelength_2`..., in m."""
    found = list[Quantity]()
    while (name := f"wavelength_{len(found) + 1}") in properties:
        found.append(properties[name].to("m"))
    return found


async def _filter(run: Run, number: int, count: int, wavelength: Quantity) -> None:
    numbers = tuple(str(n) for n in range(1, count + 1))
    prompt = ChoicePrompt(
        f"order {number}/filter",
        Text(FILTER, {"wavelength": _nanometres(wavelength)}),
        options=(*numbers, NOT_YET),
        simulated=str(number),
    )
    chosen = await run.ask(prompt)
    if chosen != str(number):
        raise OperatorError(
            f"filter {number} was not put in: {chosen}",
            remedy="put in the filter that is asked for",
        )


def each(
    mc: MonteCarlo,
    seen: list[Caustic],
    focusing: Mirror,
    contributions: Mapping[str, Quantity],
) -> Draws:
    """Draws of the divergence of each wavelength in rad, shape (draws + 1, n): pixels and mirror
    are the same for all."""
    found = [
        worse(divergences(mc, f"order {n}", one, focusing, contributions))
        for n, one in enumerate(seen, 1)
    ]
    return np.stack(found, axis=1)


def span(found: Draws) -> Draws:
    """Draws of largest less smallest, of those that read largest and smallest: shape (draws + 1,).

    Where they differ by many times their noise, as a spread near 0.1 of them does, that is no
    biased choice; where they do not, the spread reads too large by 1.7 u at most.
    """
    return found[:, int(np.argmax(found[0]))] - found[:, int(np.argmin(found[0]))]


def _told(
    run: Run, seen: list[Caustic], focusing: Mirror, light: list[Quantity]
) -> tuple[Words, ...]:
    drawn = each(run.monte_carlo, seen, focusing, run.contributions)
    words = list[Words]()
    for column, wavelength, one in zip(drawn.T, light, seen, strict=True):
        values = {
            "wavelength": _nanometres(wavelength),
            "divergence": f"{1e3 * float(column[0]):.4f}",
            "expanded": f"{2e3 * float(np.std(column[1:])):.4f}",
        }
        words += [Text(EACH, values), *told(one, wavelength.value)]
    return tuple(words)


def _nanometres(wavelength: Quantity) -> str:
    return f"{1e9 * wavelength.value:.1f}"
