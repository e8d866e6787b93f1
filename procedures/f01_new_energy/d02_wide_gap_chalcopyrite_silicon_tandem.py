"""Direction 1.2: tandem cells of a wide-gap chalcopyrite on silicon."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.photovoltaics.mpp_tracking import loss_at_maximum_power
from rigs.photovoltaic import PhotovoltaicRig


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
