"""The temperature of the device under test, held by the chuck it lies on."""

from __future__ import annotations

from labctl.evidence import Reading
from labctl.run import Run
from procedures.methods.settling import Settling, settled
from procedures.methods.trace import Trace, trace
from rigs.sunlit import ChuckRig

STEADY = Settling(band=0.5, hold=120.0, every=10.0, timeout=7200.0)
"""Within +-0.5 K for 120 s, given up after two hours."""


async def hold(
    run: Run, rig: ChuckRig, name: str, celsius: float, rule: Settling = STEADY
) -> Trace:
    """Chuck at `celsius` in degC and settled; returns the readings in the band."""

    async def heat() -> Trace:
        readings = await restore_chuck(rig, celsius, rule)
        await run.record(f"{name}/temperature", *readings)
        return trace(readings)

    return await run.step(f"{name}/chuck", heat, Trace)


async def held_at(rig: ChuckRig, celsius: float, seen: Reading, rule: Settling = STEADY) -> None:
    """Set the chuck anew where it was `seen` outside the band round `celsius` in degC.

    A controller that has restarted may have lost its set point. `InstrumentError` where it does
    not settle.
    """
    if abs(seen.value - celsius) > rule.band:
        await restore_chuck(rig, celsius, rule)


async def restore_chuck(rig: ChuckRig, celsius: float, rule: Settling = STEADY) -> list[Reading]:
    """Chuck at `celsius` in degC and settled, whatever it was; the readings in the band."""
    await rig.chuck.set_temperature(celsius)
    await rig.chuck.control(True)
    return await settled(rig.chuck.temperature, celsius, rule, "the chuck")
