"""Direction 9.8: diamond lasers, the power of their pulses."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.pulses.equilibrium import settled_power
from procedures.methods.pulses.transient import transient_peak_power
from rigs.pulses import PulsesRig


@procedure("9.8-04", rig=PulsesRig)
async def power_in_equilibrium(run: Run, rig: PulsesRig) -> Evidence:
    """Settled power of quasi-continuous pulses, in W."""
    return await settled_power(run, rig, "peak_power")


@procedure("9.8-05", rig=PulsesRig)
async def power_of_short_pulses(run: Run, rig: PulsesRig) -> Evidence:
    """Mean highest power of nanosecond pulses, in W."""
    return await transient_peak_power(run, rig, "peak_power")
