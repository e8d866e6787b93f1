"""The temperature of the cell, held by the chamber it stands in."""

from __future__ import annotations

from labctl.run import Run
from procedures.methods.battery.cell import TEMPERATURE
from procedures.methods.settling import Settling, settled
from procedures.methods.trace import Trace, trace
from rigs.battery import BatteryRig

STEADY = Settling(band=0.5, hold=1800.0, every=60.0, timeout=6 * 3600.0)
"""Within +-0.5 K for half an hour, in which a cell of some grams follows the air."""


async def hold(run: Run, rig: BatteryRig, name: str) -> Trace:
    """Chamber at 25 degC and settled; returns the readings in the band."""

    async def heat() -> Trace:
        await restore(rig)
        readings = await settled(rig.chamber.temperature, TEMPERATURE, STEADY, "the chamber")
        await run.record(f"{name}/temperature", *readings)
        return trace(readings)

    return await run.step(f"{name}/chamber", heat, Trace)


async def restore(rig: BatteryRig) -> None:
    """Chamber set to 25 degC and on, whatever it was."""
    await rig.chamber.set_temperature(TEMPERATURE)
    await rig.chamber.control(True)
