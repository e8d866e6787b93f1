"""Direction 8.11: warp of substrates of gallium oxide."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.wafer.warp import wafer_warp
from rigs.wafer_shape import WaferShapeRig

DIAMETER = 50.8e-3
"""2 inches in m."""


@procedure("8.11-02", rig=WaferShapeRig)
async def substrate_warp(run: Run, rig: WaferShapeRig) -> Evidence:
    """Warp of the free substrate, in m."""
    return await wafer_warp(run, rig, "warp", DIAMETER)
