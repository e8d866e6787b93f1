"""Procedures that ask people, and that last as long as a test looks at them."""

from __future__ import annotations

from labctl.asking.prompts import (
    BarcodePrompt,
    ChoicePrompt,
    ConfirmPrompt,
    FilePrompt,
    NumberPrompt,
    TextPrompt,
)
from labctl.evidence import Evidence, Figure
from labctl.gaps import ANY
from labctl.procedure import procedure
from labctl.run import Run
from tests.labctl.fakelab import OhmRig

COLOUR = TextPrompt(name="colour", text="Which colour has the strip?")
WIDTH = NumberPrompt(name="width", text="Width of the strip", unit="mm", low=1.0, high=20.0)
SIDE = ChoicePrompt(name="side", text="Which side faces the lamp?", options=("front", "back"))
CODE = BarcodePrompt(name="code", text="Scan the barcode of the strip", check="gtin")
PHOTO = FilePrompt(name="photo", text="Photograph of the strip in its holder", photo=True)
DOOR = ConfirmPrompt(name="door", text="The door of the chamber is locked")


async def measured(run: Run, rig: OhmRig, seconds: float) -> Evidence:
    """Resistance in ohm, read each 0.1 s for `seconds`."""

    async def point(elapsed: float, _: float | None) -> float:
        reading = await rig.meter.read()
        await run.record("hold/resistance", reading)
        return reading.value

    ohms = await run.log("hold", seconds, 0.1, point, float)
    mean = sum(ohms) / len(ohms)
    return run.evidence({"resistance": Figure(mean, "ohm", 0.001 * mean)}, how="mean")


@procedure("console/99.2-01", rig=OhmRig, gaps=ANY)
async def asking(run: Run, rig: OhmRig) -> Evidence:
    """Asks in every way there is, then measures."""
    await run.ask(COLOUR)
    await run.ask(WIDTH)
    await run.ask(SIDE)
    await run.ask(CODE)
    await run.ask(PHOTO)
    await run.ask(DOOR)
    return await measured(run, rig, 0.5)


@procedure("console/99.2-02", rig=OhmRig, gaps=ANY)
async def one_question(run: Run, rig: OhmRig) -> Evidence:
    """Asks once, then measures."""
    await run.ask(COLOUR)
    return await measured(run, rig, 0.5)


@procedure("console/99.2-03", rig=OhmRig, gaps=ANY)
async def long(run: Run, rig: OhmRig) -> Evidence:
    """Readings for longer than any test."""
    return await measured(run, rig, 600.0)
