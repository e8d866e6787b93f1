"""Direction 6.7: arrays of micro gas sensors for battery safety."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.gas_sensing.detection_limit import detection_limit
from procedures.methods.gas_sensing.false_alarms import false_alarm_rate
from procedures.methods.gas_sensing.package_volume import package_volume
from procedures.methods.gas_sensing.response_time import response_time
from rigs.gas_sensing import GasSensingRig


@procedure("6.7-02", rig=GasSensingRig)
async def worst_detection_limit(run: Run, rig: GasSensingRig) -> Evidence:
    """The worst detection limit of the named gases, in umol/mol."""
    return await detection_limit(run, rig, "detection_limit")


@procedure("6.7-03", rig=GasSensingRig)
async def time_of_response(run: Run, rig: GasSensingRig) -> Evidence:
    """Response time of the slowest named gas, in s."""
    return await response_time(run, rig, "response_time")


@procedure("6.7-04", rig=GasSensingRig)
async def rate_of_false_alarms(run: Run, rig: GasSensingRig) -> Evidence:
    """Share of exposures without a target gas that alarm."""
    return await false_alarm_rate(run, rig, "false_alarm_rate")


@procedure("6.7-05", rig=GasSensingRig)
async def volume_of_package(run: Run, rig: GasSensingRig) -> Evidence:
    """Volume of the packaged array, in m**3."""
    return await package_volume(run, rig, "volume")
