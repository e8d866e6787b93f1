"""One look at a working cell: voltage at the taps, current, temperature."""

from __future__ import annotations

import msgspec

from labctl.errors import InstrumentError
from labctl.evidence import Reading
from labctl.run import Run
from procedures.methods.frozen import Fresh
from rigs.electrolysis import ElectrolysisRig

METER = "the cell's voltmeter"
SPAN = 10.0
"""Range of the voltmeter in V: that of 1 V ends below an electrolysis voltage."""

CYCLES = 10.0
"""Power line cycles of a reading: the supply's ripple is averaged out."""


class Look(msgspec.Struct, frozen=True):
    """A cell as it was seen at run time `t` in s: `voltage` in V at the taps, `current` in A,
    `temperature` in degC. The readings themselves are in the journal."""

    t: float
    voltage: float
    current: float
    temperature: float


async def look(run: Run, rig: ElectrolysisRig, name: str, meter: Fresh | None = None) -> Look:
    """One look, recorded as `name`/voltage, /current and /temperature; `meter` sees the voltage.

    `InstrumentError` where the supply does not hold its current any more. Call it inside a step.
    """
    voltage = await _voltage(rig)
    if meter is not None:
        meter.look(voltage)
    supply = await rig.supply.measure()
    if supply.mode != "constant_current":
        raise InstrumentError(
            "the supply does not hold the current",
            address=supply.current.address,
            answer=f"{supply.mode}, {supply.current.value:g} A at {supply.voltage.value:g} V",
            remedy="look at the cell's voltage, the leads and the supply's limits",
        )
    temperature = await rig.heater.temperature()
    await run.record(f"{name}/voltage", voltage)
    await run.record(f"{name}/current", supply.current)
    await run.record(f"{name}/temperature", temperature)
    return Look(voltage.t, voltage.value, supply.current.value, temperature.value)


async def _voltage(rig: ElectrolysisRig) -> Reading:
    return await rig.cell_meter.measure_voltage(voltage_range=SPAN, power_line_cycles=CYCLES)
