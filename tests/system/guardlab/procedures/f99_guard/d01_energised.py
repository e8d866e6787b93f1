"""Procedures that leave the output of their source meter on for as long as the test needs."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager

from labctl import clock
from labctl.asking.prompts import TextPrompt
from labctl.evidence import Evidence, Figure
from labctl.gaps import ANY
from labctl.procedure import procedure
from labctl.run import Run
from tests.system.guardlab.rigs.energised import EnergisedRig


def energised(run: Run, rig: EnergisedRig) -> AbstractAsyncContextManager[None]:
    """Steps with the device under voltage, which the guardian has to end."""

    async def arrange() -> None:
        await rig.source_meter.source_voltage(1.0, compliance=0.1)
        await rig.source_meter.output(True)

    return run.scope("on", arrange)


async def nothing() -> None:
    """A step that brings about what is arranged for it."""


async def measured(run: Run, rig: EnergisedRig, seconds: float) -> Evidence:
    """Resistance in ohm, read each 0.1 s for `seconds`."""

    async def point(elapsed: float, _: float | None) -> float:
        found = await rig.source_meter.measure()
        await run.record("current", found.current)
        return found.voltage.value / found.current.value

    ohms = await run.log("hold", seconds, 0.1, point, float)
    mean = sum(ohms) / len(ohms)
    return run.evidence({"resistance": Figure(mean, "ohm", 0.01 * mean)}, how="mean")


@procedure("guard/99.1-01", rig=EnergisedRig, gaps=ANY)
async def short(run: Run, rig: EnergisedRig) -> Evidence:
    """Some readings, and over."""
    async with energised(run, rig):
        return await measured(run, rig, 0.5)


@procedure("guard/99.1-02", rig=EnergisedRig, gaps=ANY)
async def long(run: Run, rig: EnergisedRig) -> Evidence:
    """Readings for longer than any test."""
    async with energised(run, rig):
        return await measured(run, rig, 600.0)


@procedure("guard/99.1-03", rig=EnergisedRig, gaps=ANY)
async def computing(run: Run, rig: EnergisedRig) -> Evidence:
    """Never lets the event loop breathe again."""
    async with energised(run, rig):
        await run.step("begin", nothing, type(None))
        while True:
            rig.name = rig.name.strip()


@procedure("guard/99.1-04", rig=EnergisedRig, gaps=ANY)
async def asking(run: Run, rig: EnergisedRig) -> Evidence:
    """Asks somebody before it goes on."""
    async with energised(run, rig):
        await run.step("begin", nothing, type(None))
        await run.ask(TextPrompt(name="colour", text="Which colour has the lamp?"))
        return await measured(run, rig, 0.5)


@procedure("guard/99.1-05", rig=EnergisedRig, gaps=ANY)
async def deaf(run: Run, rig: EnergisedRig) -> Evidence:
    """Swallows its cancellation, as a procedure must not, and waits on."""
    async with energised(run, rig):
        await run.step("begin", nothing, type(None))
        while True:
            try:
                await clock.sleep(600.0)
            except asyncio.CancelledError:
                continue


@procedure("guard/99.1-06", rig=EnergisedRig, gaps=ANY)
async def middling(run: Run, rig: EnergisedRig) -> Evidence:
    """Readings for as long as a guardian needs to be replaced."""
    async with energised(run, rig):
        return await measured(run, rig, 8.0)


@procedure("guard/99.1-07", rig=EnergisedRig, gaps=ANY)
async def longer(run: Run, rig: EnergisedRig) -> Evidence:
    """Readings for as long as something needs to happen meanwhile."""
    async with energised(run, rig):
        return await measured(run, rig, 3.0)
