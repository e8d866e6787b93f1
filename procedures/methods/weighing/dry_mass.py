"""Dry mass of a batch: weighed moist with its dish, its water by the loss of aliquots on drying.

Buoyancy by OIML D 28: the balance shows conventional mass in air. Aliquots are taken from places of
the batch that lie far apart, so that their scatter is that of the water in it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from labctl.asking.prompts import TextPrompt
from labctl.evidence import Evidence, Reading
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from rigs.characterisation import CharacterisationRig

ALIQUOTS = 4
"""Aliquots whose water is determined."""

AIR, STEEL = 1.2, 8000.0
"""Densities in kg/m3 of air and weights for conventional mass (OIML D 28)."""

ENDPOINT, ZERO, DENSITY = "drying_endpoint", "zero_drift", "air_density"
NEEDED = (ENDPOINT, ZERO, DENSITY)
"""Contributions that the bench states: water left after drying (of the dry mass), zero of the
balance between two weighings (kg), density of the air (kg/m3)."""

GRAIN = "grain_density"
"""Property of the sheet: density of the powder's grains."""

STABLE = 60.0
"""Longest time in s in which the balance must stand."""

BUDGET_DRAWS = 300
"""Draws for a budget line: enough for two digits."""

ASKED = {
    "empty": N_("Take everything off the pan, close the doors"),
    "dish": N_("Put the empty dish on the pan"),
    "batch": N_("Fill the whole batch into the dish and put it on the pan"),
    "bottle": N_("Put the empty weighing bottle of aliquot {number} on the pan"),
    "moist": N_("Take aliquot {number} from another place of the batch; put its bottle on the pan"),
    "dried": N_(
        "Dry aliquot {number} at 105 degC to constant mass, let it cool in a desiccator; put its "
        "bottle on the pan"
    ),
}
HOW = N_(
    "Moist mass {moist} g by the dish full and empty; water {water} % as the mean loss of {count} "
    "aliquots on drying, from {low} % to {high} %; corrected for the buoyancy of air. What sticks "
    "to the walls of the vessels is not in the dish and does not count."
)
LEFT_OUT = (
    N_("water that the batch takes up or gives off between weighing and sampling"),
    N_("powder lost with the dust while it is filled in"),
)


async def dry_mass(run: Run, rig: CharacterisationRig) -> Evidence:
    """Evidence for `batch_mass`: dry mass of the batch, in kg."""
    await _put(run, "empty")
    await run.step("zero", lambda: _zeroed(rig), bool)
    read = {what: await _weighed(run, rig, what) for what in ("dish", "batch")}
    for number in range(ALIQUOTS):
        for kind in ("bottle", "moist", "dried"):
            read[f"{kind}-{number}"] = await _weighed(run, rig, f"{kind}-{number}")
    return await run.reduce(lambda: _evidence(run, read))


async def _put(run: Run, what: str) -> None:
    kind, _, number = what.partition("-")
    text = ASKED[kind]
    words = Text(text, {"number": str(int(number) + 1)}) if number else text
    await run.ask(TextPrompt(f"pan/{what}", words, proposed="done", simulated="done"))


async def _weighed(run: Run, rig: CharacterisationRig, what: str) -> Reading:
    await _put(run, what)

    async def weigh() -> Reading:
        reading = await rig.balance.weigh(timeout=STABLE)
        await run.record(f"mass/{what}", reading)
        return reading

    return await run.step(f"weigh/{what}", weigh, Reading)


async def _zeroed(rig: CharacterisationRig) -> bool:
    await rig.balance.set_zero()
    return True


def _evidence(run: Run, read: Mapping[str, Reading]) -> Evidence:
    grain = run.sample.quantity(GRAIN, "kg/m**3") if GRAIN in run.sample.properties else None

    def reduction(mc: MonteCarlo) -> Draws:
        return reduced(mc, read, run.contributions, grain)

    missing = tuple(Unstated(name) for name in NEEDED if name not in run.contributions)
    return run.evidence(
        {"batch_mass": run.figure("batch_mass", reduction, "kg")},
        how=_how(read),
        left_out=LEFT_OUT,
        unstated=missing if grain else (*missing, Unstated(GRAIN, "sample")),
        budget=run.monte_carlo.budget(reduction, "batch_mass", BUDGET_DRAWS),
    )


def water_of(masses: Mapping[str, float]) -> list[float]:
    """Water of each aliquot in kg/kg of the moist powder, from masses in kg."""
    return [
        (masses[f"moist-{n}"] - masses[f"dried-{n}"])
        / (masses[f"moist-{n}"] - masses[f"bottle-{n}"])
        for n in range(ALIQUOTS)
    ]


def reduced(
    mc: MonteCarlo,
    read: Mapping[str, Reading],
    contributions: Mapping[str, Quantity],
    grain: Quantity | None,
) -> Draws:
    """Draws of the dry mass in kg, shape (draws + 1, 1)."""
    masses = mc.readings([read["dish"], read["batch"]])
    wander = _u(contributions, ZERO, "kg") * mc.block(f"bench/{ZERO}", "dish", 2)
    moist = (masses[:, 1] - masses[:, 0] + wander[:, 1] - wander[:, 0])[:, None]
    water = mc.repeated(
        "aliquots/water", water_of({name: one.value for name, one in read.items()}), "sampling"
    )
    left = _u(contributions, ENDPOINT, "dimensionless") * mc.normal(f"bench/{ENDPOINT}")
    return moist * _buoyancy(mc, contributions, grain) * (1.0 - water) / (1.0 + left)


def _buoyancy(
    mc: MonteCarlo, contributions: Mapping[str, Quantity], grain: Quantity | None
) -> Draws | float:
    """True over conventional mass; 1 where the density of the grains is not known."""
    if grain is None:
        return 1.0
    air = AIR + _u(contributions, DENSITY, "kg/m**3") * mc.normal(f"bench/{DENSITY}")
    density = np.maximum(mc.quantity(f"sample/{GRAIN}", grain), 500.0)
    return (1.0 - AIR / STEEL) / (1.0 - air / density)


def _how(read: Mapping[str, Reading]) -> Text:
    water = [100.0 * one for one in water_of({name: one.value for name, one in read.items()})]
    values = {
        "moist": f"{1e3 * (read['batch'].value - read['dish'].value):.4f}",
        "water": f"{sum(water) / len(water):.3f}",
        "count": str(len(water)),
        "low": f"{min(water):.3f}",
        "high": f"{max(water):.3f}",
    }
    return Text(HOW, values)


def _u(contributions: Mapping[str, Quantity], name: str, unit: str) -> float:
    return contributions[name].to(unit).u if name in contributions else 0.0
