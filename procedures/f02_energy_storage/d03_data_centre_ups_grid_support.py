"""Direction 2.3: data-centre UPS clusters that actively support the grid."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.grid_support.accuracy import control_accuracy
from procedures.methods.grid_support.arranging import FREQUENCY, VOLTAGE
from procedures.methods.grid_support.dispatch import generation_control
from procedures.methods.grid_support.frequency import frequency_regulation
from procedures.methods.grid_support.peaks import peak_shaving
from procedures.methods.grid_support.response import response_time
from procedures.methods.grid_support.voltage import voltage_control
from rigs.power import PowerRig


@procedure("2.3-01", rig=PowerRig)
async def fast_frequency_regulation(run: Run, rig: PowerRig) -> Evidence:
    """Whether the cluster's power answers the grid's frequency."""
    return await frequency_regulation(run, rig, "fast_frequency_regulation", FREQUENCY)


@procedure("2.3-02", rig=PowerRig)
async def automatic_generation_control(run: Run, rig: PowerRig) -> Evidence:
    """Whether the cluster follows a dispatch centre's power signal."""
    return await generation_control(run, rig, "automatic_generation_control")


@procedure("2.3-03", rig=PowerRig)
async def automatic_voltage_control(run: Run, rig: PowerRig) -> Evidence:
    """Whether the cluster's reactive power answers the grid's voltage."""
    return await voltage_control(run, rig, "automatic_voltage_control", VOLTAGE)


@procedure("2.3-04", rig=PowerRig)
async def peak_shaving_and_valley_filling(run: Run, rig: PowerRig) -> Evidence:
    """Whether the cluster levels a day's load and keeps its backup energy."""
    return await peak_shaving(run, rig, "peak_shaving_and_valley_filling")


@procedure("2.3-05", rig=PowerRig)
async def cluster_control_accuracy(run: Run, rig: PowerRig) -> Evidence:
    """Signed error of the cluster's power against the command that is largest, in %."""
    return await control_accuracy(run, rig, "relative_error")


@procedure("2.3-06", rig=PowerRig)
async def fast_frequency_response_time(run: Run, rig: PowerRig) -> Evidence:
    """Mean time from a step of frequency to 90 % of the cluster's answer, in s."""
    return await response_time(run, rig, "response_time")
