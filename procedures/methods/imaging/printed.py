"""The area of a printed layer as evidence: pictures, three areas told, the layer's decides."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text, Words
from procedures.methods.imaging.outline import HOW, LEFT_OUT, Pictures, photographed
from rigs.imaging import ImagingRig

COUNT = 3
"""Pictures, each with the sample laid anew."""

PITCH = "10 mm"
"""What the operator of the simulated bench reads on the plate's certificate."""

BUDGET_DRAWS = 300
"""Draws for a budget line: enough for two digits."""

MODULE = N_(
    "Total area (outline of the web) {total} cm2, aperture area (outline of the layers inside the "
    "edge deletion) {layer} cm2, active area (aperture less scribe lines) {active} cm2; the "
    "aperture area decides, as in the tables of module efficiencies, since the text does not say "
    "which counts."
)
COATED = N_("Area of the carrier {total} cm2; the area of the coated layer decides.")


async def printed_area(run: Run, rig: ImagingRig, told: str) -> Evidence:
    """Evidence for `area`: the area inside the outline of the layer; `told` says what else is."""
    pictures = await photographed(run, rig.camera, "picture", count=COUNT, pitch=PITCH)
    return await run.reduce(lambda: _evidence(run, pictures, told))


def _evidence(run: Run, pictures: Pictures, told: str) -> Evidence:
    def reduction(mc: MonteCarlo) -> Draws:
        return pictures.area(mc, run.contributions)

    return run.evidence(
        {"area": run.figure("area", reduction, "m**2")},
        how=(_how(pictures), _areas(pictures, told)),
        left_out=LEFT_OUT,
        unstated=pictures.unstated(run.contributions),
        budget=run.monte_carlo.budget(reduction, "area", BUDGET_DRAWS),
    )


def _how(pictures: Pictures) -> Words:
    worst = max(one.residual for one in pictures.seen)
    fewest = min(one.dots for one in pictures.seen)
    values = {"count": len(pictures.seen), "dots": fewest, "residual": f"{worst * 1e6:.1f}"}
    return Text(HOW, {key: str(value) for key, value in values.items()})


def _areas(pictures: Pictures, told: str) -> Words:
    parts = ("total", "layer", "active")
    return Text(told, {part: f"{pictures.mean(part) * 1e4:.1f}" for part in parts})
