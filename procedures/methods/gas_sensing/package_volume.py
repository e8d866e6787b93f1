"""The volume of a package by caliper as evidence: the product of its three mean outer lengths."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.methods.gauging import EXPANSION, gauged, mean_length, unstated
from procedures.methods.one_figure import one_figure
from procedures.methods.trace import Trace
from rigs.gas_sensing import GasSensingRig

PLACES = {"length": 5, "width": 5, "height": 5}
"""Places along the package at which each outer length is gauged."""

HOW = N_(
    "Product of length, width and height of the package without its leads: {length} mm x {width} "
    "mm x {height} mm, each the mean of five places at 20 degC."
)
LEFT_OUT = (
    N_("rounded edges and recesses: the volume is that of the enclosing block"),
    N_("abrasion of the jaws beyond the limits of error of the caliper"),
)


async def package_volume(run: Run, rig: GasSensingRig, result: str) -> Evidence:
    """Evidence for `result`: volume of the block that encloses the package, in m**3."""
    read = await gauged(run, rig.caliper, "package", PLACES)
    known = run.sample.properties
    per_kelvin = run.sample.quantity(EXPANSION, "1/K").value if EXPANSION in known else 0.0

    def reduction(mc: MonteCarlo) -> Draws:
        lengths = [mean_length(mc, key, read[key], run.contributions, per_kelvin) for key in PLACES]
        return lengths[0] * lengths[1] * lengths[2]

    return await one_figure(
        run,
        result,
        "m**3",
        reduction,
        how=(_how(read),),
        left_out=LEFT_OUT,
        unstated=unstated(run.contributions, tuple(known)),
    )


def _how(read: dict[str, Trace]) -> Text:
    means = {key: sum(one.values) / len(one.values) for key, one in read.items()}
    return Text(HOW, {key: f"{1e3 * mean:.2f}" for key, mean in means.items()})
