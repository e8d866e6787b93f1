"""Direction 9.8: high-power, high-coherence diamond lasers."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.laser.efficiency import conversion_efficiency, slope_efficiency
from procedures.methods.laser.output_power import output_power
from rigs.laser import LaserRig


@procedure("9.8-03", rig=LaserRig)
async def continuous_output_power(run: Run, rig: LaserRig) -> Evidence:
    """Continuous output power at the rated pump, in W."""
    return await output_power(run, rig, "output_power")


@procedure("9.8-07", rig=LaserRig)
async def efficiency_from_pump(run: Run, rig: LaserRig) -> Evidence:
    """Output over pump power at the rated pump, dimensionless."""
    return await conversion_efficiency(run, rig, "optical_conversion_efficiency")


@procedure("9.8-08", rig=LaserRig)
async def slope_above_threshold(run: Run, rig: LaserRig) -> Evidence:
    """Slope of output over pump power above threshold, dimensionless."""
    return await slope_efficiency(run, rig, "slope_efficiency")
