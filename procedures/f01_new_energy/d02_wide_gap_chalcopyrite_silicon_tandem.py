"""Direction 1.2: tandem cells of a wide-gap chalcopyrite on silicon."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.endurance.climate import GAPS as DAMP_GAPS
from procedures.methods.endurance.climate import Climate
from procedures.methods.endurance.damp_heat import loss_by_damp_heat
from procedures.methods.photovoltaics.mpp_tracking import loss_at_maximum_power
from procedures.methods.photovoltaics.tandem_efficiency import (
    single_junction_efficiency,
    tandem_efficiency,
)
from rigs.photovoltaic import PhotovoltaicRig
from rigs.tandem import TandemRig


@procedure("1.2-03", rig=TandemRig)
async def single_junction(run: Run, rig: TandemRig) -> Evidence:
    """Power conversion efficiency of the single-junction cell, in %; band gap and area observed."""
    return await single_junction_efficiency(run, rig, "power_conversion_efficiency")


@procedure("1.2-04", rig=TandemRig)
async def two_terminal_tandem(run: Run, rig: TandemRig) -> Evidence:
    """Power conversion efficiency of the tandem at both subcells' standard light, in %."""
    return await tandem_efficiency(run, rig, "power_conversion_efficiency")


@procedure("1.2-05", rig=TandemRig, gaps=DAMP_GAPS)
async def loss_after_damp_heat(run: Run, rig: TandemRig) -> Evidence:
    """Relative loss of efficiency by damp heat, in %."""
    humidity = run.set_point("relative_humidity", "%")
    climate = Climate(run.set_point("temperature", "degC"), humidity)
    seconds = run.set_point("duration", "s")
    return await loss_by_damp_heat(run, rig, "relative_loss", seconds=seconds, climate=climate)


@procedure("1.2-06", rig=PhotovoltaicRig)
async def loss_after_maximum_power(run: Run, rig: PhotovoltaicRig) -> Evidence:
    """Relative loss of efficiency by continuous output at the maximum power point, in %."""
    return await loss_at_maximum_power(
        run,
        rig,
        "relative_loss",
        seconds=run.set_point("duration", "s"),
        irradiance=run.set_point("irradiance", "W/m**2"),
        celsius=run.set_point("temperature", "degC"),
    )
