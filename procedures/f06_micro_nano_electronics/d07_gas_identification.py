"""Direction 6.7: identification of gases by arrays of micro gas sensors."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.gas_sensing.identification import identification
from rigs.gas_identification import GasIdentificationRig


@procedure("6.7-01", rig=GasIdentificationRig)
async def gases_identified(run: Run, rig: GasIdentificationRig) -> Evidence:
    """How many of the named gases the array identifies."""
    return await identification(run, rig, "species_detected")
