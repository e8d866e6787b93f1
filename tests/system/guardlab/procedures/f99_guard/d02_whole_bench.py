"""A procedure that switches on every instrument of a photovoltaic bench, and uses it."""

from __future__ import annotations

from labctl.evidence import Evidence, Figure
from labctl.gaps import ANY
from labctl.procedure import procedure
from labctl.run import Run
from rigs.photovoltaic import PhotovoltaicRig


@procedure("guard/99.2-01", rig=PhotovoltaicRig, gaps=ANY)
async def whole_bench(run: Run, rig: PhotovoltaicRig) -> Evidence:
    """Temperature of the chuck in degC, under light, voltage, heat and bending."""

    async def arrange() -> None:
        await rig.chuck.set_temperature(45.0)
        await rig.chuck.control(True)
        await rig.lamp.lamp(True)
        await rig.lamp.set_irradiance(1000.0)
        await rig.lamp.shutter(True)
        await rig.bender.set_radius(5e-3)
        await rig.bender.start(1000, frequency=2.0)

    async def under_voltage() -> float:
        await rig.source_meter.source_voltage(0.2, compliance=0.1)
        await rig.source_meter.output(True)
        await rig.source_meter.measure()
        await rig.reference_meter.measure_voltage()
        return (await rig.chuck.temperature()).value

    async def swept() -> float:
        meter = rig.source_meter
        await meter.sweep_voltage(0.0, 0.4, 11, delay=0.02, compliance=0.1)
        await meter.source_current(1e-3, compliance=1.0)
        await meter.output(True)
        await meter.measure()
        return (await rig.bender.cycles_done()).value

    async with run.scope("in use", arrange):
        celsius = await run.step("voltage", under_voltage, float)
        await run.step("sweep", swept, float)
    return run.evidence({"temperature": Figure(celsius, "degC", 0.1)}, how="one reading")
