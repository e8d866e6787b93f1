"""Liquid electrolyte over the mass of a dismantled cell: weighings, chromatography, thermobalance.

A mass balance of the solvent: what evaporates when the case is opened is the difference of the
weighings; the extract is read by gas chromatography against a blank stack to which solvent was
added (recovery); what the extraction leaves in the stack is its loss in the thermobalance above
that of a blank. Salt is added by its share in the liquid.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from drivers.roles.imported import ChannelFiles
from labctl.asking.prompts import NumberPrompt, TextPrompt
from labctl.errors import InstrumentError
from labctl.evidence import Evidence, Reading
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text, Words
from procedures.methods.liquid_share import (
    COLD,
    HOT,
    INJECTIONS,
    KEY,
    NEEDED,
    PIECES,
    PORTIONS,
    RECOVERIES,
    SALT,
    SCALE,
    SOLVENTS,
    Asked,
    Found,
    Series,
    extracted,
    fraction,
    lost,
    recovery,
    weighed,
)
from rigs.cell_chemistry import CellChemistryRig

Array = NDArray[np.float64]

WAIT, STABLE = 120.0, 60.0
"""Seconds in which the next file is there, and the balance stands."""

BUDGET_DRAWS = 300

AREAS = 3 + INJECTIONS
"""Areas of a solvent in a file: blank, standard and spike before the injections."""

ASKED = (
    NumberPrompt(
        "extract/spike",
        N_("Solvent that was put on the blank stack, by its weighing: equal parts of each"),
        unit="kg",
        low=1e-4,
        high=1.0,
        simulated="20 g",
    ),
    NumberPrompt(
        "extract/transfer",
        N_("Loss of a closed jar until the extraction by the log of its mass, part of the solvent"),
        unit="dimensionless",
        low=0.0,
        high=0.2,
        simulated="0.01",
    ),
    NumberPrompt(
        "extract/standard",
        N_("Concentration of each solvent in the standard solution by its certificate"),
        unit="kg/m**3",
        low=1e-3,
        high=100.0,
        simulated="6 g/L",
    ),
    NumberPrompt(
        "extract/volume",
        N_("Volume of the flask of extract and spike by its certificate"),
        unit="m**3",
        low=1e-6,
        high=1e-1,
        simulated="2 L",
    ),
)
JAR = N_("Put jar {number} with its part of the stack on the pan")
HOW = N_(
    "Closed cell {mass} g by its sheet; {opened} g of solvent left on opening, {extracted} g stood "
    "in the extract (recovery {recovery} % by a spiked blank stack), {residue} g stayed in the "
    "stack by thermogravimetry; {salt} % of the liquid is salt. The calibration of the "
    "chromatograph cancels: spike and extract are read in one series."
)
OUT_OF_CONTROL = N_("the recovery of {recovery} % is outside 85 % to 110 %: no analysis")
LEFT_OUT = (
    N_("sampling: one cell was dismantled, and the verdict speaks of it alone"),
    N_("components of the liquid other than EC, EMC and salt: additives, tenths of a per cent"),
    N_("buoyancy of air: closed cell and parts lose the same within 0.05 % of the liquid"),
)


async def liquid_electrolyte(run: Run, rig: CellChemistryRig) -> Evidence:
    """Evidence for `liquid_electrolyte_mass_fraction`, dimensionless."""
    await _put(run, "empty", N_("Take everything off the pan, close the doors"))
    await run.step("zero", lambda: _zeroed(rig), bool)
    masses = {"jar": await _weighed(run, rig, "jar", N_("Put an empty jar on the pan"))}
    masses["case"] = await _weighed(run, rig, "case", N_("Open the cell; put its case on the pan"))
    for number in range(PORTIONS):
        text = Text(JAR, {"number": str(number + 1)})
        masses[f"stack-{number}"] = await _weighed(run, rig, f"stack-{number}", text)
    asked = Asked(*[(await run.ask(prompt)).value for prompt in ASKED])
    areas = await run.step("areas", lambda: _areas(rig.gc), dict[str, Series])
    steps = await run.step("steps", lambda: _steps(rig.tga), dict[str, float])
    pieces = tuple(value for name, value in steps.items() if name.startswith("piece"))
    found = Found(masses, areas, steps["empty"], steps["blank"], pieces, steps["mass"], asked)
    return await run.reduce(lambda: _evidence(run, found))


async def _put(run: Run, what: str, words: Words) -> None:
    await run.ask(TextPrompt(f"pan/{what}", words, proposed="done", simulated="done"))


async def _weighed(run: Run, rig: CellChemistryRig, what: str, words: Words) -> Reading:
    await _put(run, what, words)

    async def weigh() -> Reading:
        reading = await rig.balance.weigh(timeout=STABLE)
        await run.record(f"mass/{what}", reading)
        return reading

    return await run.step(f"weigh/{what}", weigh, Reading)


async def _zeroed(rig: CellChemistryRig) -> bool:
    await rig.balance.set_zero()
    return True


async def _channels(files: ChannelFiles, unit: str) -> dict[str, Array]:
    """Channels of the next file by their last name; masses in kg."""
    before = (await files.latest()).file.sha256
    found = await files.following(before, timeout=WAIT)
    out: dict[str, Array] = {}
    for channel in found.result:
        name, values = channel.channel.rpartition("/")[2], np.asarray(channel.values.values)
        wanted = "degC" if name == "temperature" else unit
        scale = 1.0
        if channel.values.unit != wanted:
            scale = Quantity(1.0, channel.values.unit).to(wanted).value
        out[name] = values * scale
    return out


async def _areas(files: ChannelFiles) -> dict[str, Series]:
    channels = await _channels(files, "dimensionless")
    return {name: _series(files, channels, name) for name in SOLVENTS}


def _series(files: ChannelFiles, channels: Mapping[str, Array], name: str) -> Series:
    values = channels.get(name, np.zeros(0)).tolist()
    if len(values) != AREAS:
        raise _lacks(files, f"{AREAS} areas of {name}")
    return Series(values[0], values[1], values[2], tuple(values[3:]))


async def _steps(files: ChannelFiles) -> dict[str, float]:
    channels = await _channels(files, "kg")
    wanted = ["temperature", "empty", "blank", *(f"piece{n + 1}" for n in range(PIECES))]
    if missing := [name for name in wanted if name not in channels]:
        raise _lacks(files, f"the runs {', '.join(missing)}")
    celsius = channels["temperature"]
    if celsius.min() > COLD[1] or celsius.max() < HOT[0]:
        raise _lacks(files, f"masses from {COLD[0]:g} degC to {HOT[1]:g} degC")
    empty = lost(celsius, channels["empty"])
    out = {"empty": empty, "mass": float(np.mean([channels[name][0] for name in wanted[2:]]))}
    for name in wanted[2:]:
        out[name] = (lost(celsius, channels[name]) - empty) / float(channels[name][0])
    return out


def _lacks(files: ChannelFiles, what: str) -> InstrumentError:
    return InstrumentError(
        f"the file does not hold {what}",
        address=files.address,
        remedy="export all of the series in the order of the working instruction",
    )


def _evidence(run: Run, found: Found) -> Evidence:
    sheet = run.sample.properties
    lacking = [name for name in (SCALE, SALT) if name not in sheet]
    whole = run.sample.quantity(SCALE, "kg") if SCALE in sheet else weighed(found)
    salt = run.sample.quantity(SALT, "dimensionless") if SALT in sheet else Quantity(0.0, "")

    def reduction(mc: MonteCarlo) -> Draws:
        return fraction(mc, found, run.contributions, whole, salt)

    unstated = [Unstated(name) for name in NEEDED if name not in run.contributions]
    return run.evidence(
        {KEY: run.figure(KEY, reduction, "dimensionless")},
        how=Text(HOW, told(found, whole, salt)),
        left_out=LEFT_OUT,
        unstated=(*unstated, *(Unstated(name, "sample") for name in lacking)),
        budget=run.monte_carlo.budget(reduction, KEY, BUDGET_DRAWS),
        invalid=out_of_control(recovery(found)),
    )


def out_of_control(share: float) -> tuple[Words, ...]:
    """Why a recovery of `share` of the spike is no analysis; empty where it is one."""
    low, high = RECOVERIES
    if low <= share <= high:
        return ()
    return (Text(OUT_OF_CONTROL, {"recovery": f"{100.0 * share:.1f}"}),)


def told(found: Found, whole: Quantity, salt: Quantity) -> dict[str, str]:
    """The parts of the balance as text, masses in g."""
    stack = sum(found.masses[f"stack-{n}"].value for n in range(PORTIONS))
    parts = found.masses["case"].value + stack - PORTIONS * found.masses["jar"].value
    left = (float(np.mean(found.pieces)) - found.blank) * stack
    return {
        "mass": f"{1e3 * whole.value:.2f}",
        "opened": f"{1e3 * (whole.value - parts):.2f}",
        "extracted": f"{1e3 * extracted(found):.2f}",
        "recovery": f"{100.0 * recovery(found):.1f}",
        "residue": f"{1e3 * left:.2f}",
        "salt": f"{100.0 * salt.value:.1f}",
    }
