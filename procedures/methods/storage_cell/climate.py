"""The temperature of a storage cell: the chamber's, and what the probe beside the cell says."""

from __future__ import annotations

from labctl.errors import InstrumentError
from labctl.evidence import Reading
from labctl.run import Run
from procedures.methods.settling import Settling, settled
from procedures.methods.storage_cell.cell import TEMPERATURE
from procedures.methods.trace import Trace, trace
from rigs.storage_cell import AIR, CASE, StorageCellRig

STEADY = Settling(band=0.6, hold=1800.0, every=120.0, timeout=12 * 3600.0)
"""Within +-0.6 K for half an hour at the chamber's sensor."""

PROBED = 5
"""Readings of the probe once the chamber has settled."""


async def hold(run: Run, rig: StorageCellRig, name: str, celsius: float = TEMPERATURE) -> Trace:
    """Chamber at `celsius` in degC and settled; readings of the probe beside the cell then."""

    async def heat() -> Trace:
        await restore(rig, celsius)
        await settled(rig.chamber.temperature, celsius, STEADY, "the chamber")
        readings = [await rig.logger.temperature(AIR) for _ in range(PROBED)]
        await run.record(f"{name}/air", *readings)
        return trace(readings)

    return await run.step(f"{name}/chamber", heat, Trace)


async def restore(rig: StorageCellRig, celsius: float = TEMPERATURE) -> None:
    """Chamber set to `celsius` in degC and on, probes configured, whatever they were."""
    await rig.logger.configure(AIR, "Pt100")
    await rig.logger.configure(CASE, "Pt100")
    await rig.chamber.set_temperature(celsius)
    await rig.chamber.control(True)


async def look(rig: StorageCellRig) -> tuple[Reading, Reading]:
    """Air beside the cell and its case, in degC; `InstrumentError` where no sheet says how well the
    probe in the air is read."""
    air, case = await rig.logger.temperatures((AIR, CASE))
    if air.accuracy is None:
        raise InstrumentError("the probe in the air has no accuracy", address=air.address)
    return air, case
