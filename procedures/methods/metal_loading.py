"""Areal mass of precious metals: a fluorescence map, scaled by digested punches, as evidence.

Fluorescence is linear in areal mass: I = I0 + k m, with I0 of a bare membrane. k is the quotient of
the means over the punched places, whose areal masses are found in their digests by a plasma
spectrometer; its calibration cancels against a reference solution in the same rack (recovery), its
blank is subtracted.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

from drivers.roles.imported import ChannelFiles
from labctl.asking.prompts import NumberPrompt
from labctl.errors import InstrumentError
from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.shapes import student
from labctl.words import Text
from rigs.characterisation import CharacterisationRig

Array = NDArray[np.float64]

METALS = ("Ir", "Pt")
"""Channels of either file: the anode's iridium and the cathode's platinum."""

PUNCHES = 5
"""Punched places."""

REFERENCE, DIGESTION, PUNCH, TUBE = "reference_material", "digestion", "punch_area", "tube_drift"
NEEDED = (REFERENCE, DIGESTION, PUNCH, TUBE)
"""Contributions that the bench states, all relative: of the reference solution, of the share that
dissolves, of the punch's area over the flask's volume, of the tube between punches and map."""

WAIT = 120.0
"""Seconds in which the next file is there."""

BUDGET_DRAWS = 300
"""Draws for a budget line: enough for two digits."""

ASKED = (
    NumberPrompt(
        "digest/reference",
        N_("Concentration of the reference solution by its certificate"),
        unit="kg/m**3",
        low=1e-6,
        high=10.0,
        simulated="10 mg/L",
    ),
    NumberPrompt(
        "digest/area",
        N_("Area of a punch by its certificate"),
        unit="m**2",
        low=1e-7,
        high=1e-2,
        simulated="0.785398 cm**2",
    ),
    NumberPrompt(
        "digest/volume",
        N_("Volume of the flask of a digest by its certificate"),
        unit="m**3",
        low=1e-7,
        high=1e-2,
        simulated="50 mL",
    ),
)
HOW = N_(
    "Fluorescence of {places} places over the active area, less that of a bare membrane, scaled by "
    "{punches} punches digested and read by plasma spectrometry against a reference solution and a "
    "blank: {parts} mg/cm2. Anode and cathode are added."
)
LEFT_OUT = (
    N_("moisture: metal per area does not depend on it"),
    N_("self-absorption of fluorescence in the thin layer"),
)


class Metal(msgspec.Struct, frozen=True):
    """One metal as imported: concentrations in kg/m3 (`blank`, `reference`, `digests`) and counts
    in a second (`bare`, `punched`, `places`)."""

    blank: float
    reference: float
    digests: tuple[float, ...]
    bare: float
    punched: tuple[float, ...]
    places: tuple[float, ...]


async def metal_loading(run: Run, rig: CharacterisationRig) -> Evidence:
    """Evidence for `precious_metal_loading`: iridium plus platinum over the area, in kg/m2."""
    reference, area, volume = [(await run.ask(prompt)).value for prompt in ASKED]
    metals = await run.step("files", lambda: _imported(rig), dict[str, Metal])
    scale = reference * volume / area
    return await run.reduce(lambda: _evidence(run, metals, scale))


async def _imported(rig: CharacterisationRig) -> dict[str, Metal]:
    racks = await _channels(rig.icp, "kg/m**3", 2 + PUNCHES)
    counts = await _channels(rig.xrf, "1/s", 2 + PUNCHES)
    return {name: _metal(racks[name], counts[name]) for name in METALS}


def _metal(rack: list[float], counts: list[float]) -> Metal:
    punched, places = counts[1 : 1 + PUNCHES], counts[1 + PUNCHES :]
    return Metal(rack[0], rack[1], tuple(rack[2:]), counts[0], tuple(punched), tuple(places))


async def _channels(files: ChannelFiles, unit: str, least: int) -> dict[str, list[float]]:
    """Values of both metals in `unit` by the next file; `InstrumentError` where one is missing."""
    before = (await files.latest()).file.sha256
    found = await files.following(before, timeout=WAIT)
    out: dict[str, list[float]] = {}
    for channel in found.result:
        factor = Quantity(1.0, channel.values.unit).to(unit).value
        out[channel.channel.rpartition("/")[2]] = (channel.values.values * factor).tolist()
    for name in METALS:
        if len(out.get(name, ())) < least:
            raise InstrumentError(
                f"the file {found.file.name} does not hold {least} values of {name}",
                address=files.address,
                remedy="export all places in the order of the working instruction",
            )
    return out


def _evidence(run: Run, metals: Mapping[str, Metal], scale: float) -> Evidence:
    def reduction(mc: MonteCarlo) -> Draws:
        return total(mc, metals, scale, run.contributions)

    parts = {name: loading(metals[name], scale) for name in METALS}
    told = ", ".join(f"{name} {100.0 * value:.3f}" for name, value in parts.items())
    places = str(len(metals[METALS[0]].places))
    return run.evidence(
        {"precious_metal_loading": run.figure("precious_metal_loading", reduction, "kg/m**2")},
        how=Text(HOW, {"places": places, "punches": str(PUNCHES), "parts": told}),
        left_out=LEFT_OUT,
        unstated=tuple(Unstated(name) for name in NEEDED if name not in run.contributions),
        budget=run.monte_carlo.budget(reduction, "precious_metal_loading", BUDGET_DRAWS),
    )


def loading(metal: Metal, scale: float) -> float:
    """Areal mass in kg/m2; `scale` is concentration times volume over area, in kg/m2."""
    punches = np.mean(metal.digests) - metal.blank
    bright = np.mean(metal.places) - metal.bare
    return float(
        scale
        * (punches / (metal.reference - metal.blank))
        * (bright / (np.mean(metal.punched) - metal.bare))
    )


def scatter(metal: Metal) -> float:
    """Relative standard uncertainty by the scatter of the series.

    Punches: of the quotient of areal mass and brightness, whose lateral spread cancels; places: of
    the mean of the map; the one reading of the reference solution scatters as one digest does.
    """
    digests = np.array(metal.digests) - metal.blank
    quotient = digests / (np.array(metal.punched) - metal.bare)
    one = float(np.std(quotient, ddof=1) / np.mean(quotient))
    places = np.array(metal.places) - metal.bare
    mapped = float(np.std(places, ddof=1) / np.mean(places)) / len(places) ** 0.5
    return float(np.hypot(one * (1.0 + 1.0 / len(digests)) ** 0.5, mapped))


def total(
    mc: MonteCarlo,
    metals: Mapping[str, Metal],
    scale: float,
    contributions: Mapping[str, Quantity],
) -> Draws:
    """Draws of the sum over the metals in kg/m2, shape (draws + 1, 1)."""
    freedom = student(PUNCHES - 1)
    out: Draws = np.zeros((mc.draws + 1, 1))
    for name, metal in metals.items():
        detail = "sampling, readings"
        sampled = mc.certified(f"{name}/scatter", scatter(metal), freedom, detail)
        out = out + loading(metal, scale) * (1.0 + sampled)
    for name in NEEDED:
        u = contributions[name].to("dimensionless").u if name in contributions else 0.0
        out = out * (1.0 + u * mc.normal(f"bench/{name}"))
    return out
