"""A cell at a temperature and under a current: how it is brought there, and left."""

from __future__ import annotations

from dataclasses import dataclass

from labctl import clock
from labctl.evidence import Reading
from labctl.run import Run
from procedures.methods.settling import Settling, settled
from rigs.electrolysis import ElectrolysisRig

STEADY = Settling(band=0.5, hold=300.0, every=20.0, timeout=4 * 3600.0)
"""Within +-0.5 K for five minutes, given up after four hours."""

CEILING = 3.0
"""V at the supply that are never passed: no cell and no lead needs them, and titanium suffers."""

WORKING = 60.0
"""degC where an indicator states no temperature: that of the others of direction 5.2."""


async def warm(rig: ElectrolysisRig, celsius: float) -> list[Reading]:
    """The cell at `celsius` in degC and settled; the readings in the band. Call it inside a
    step."""
    await rig.heater.set_temperature(celsius)
    await rig.heater.control(True)
    return await settled(rig.heater.temperature, celsius, STEADY, "the cell")


async def drive(rig: ElectrolysisRig, current: float) -> None:
    """`current` in A flows from now on, 0: the supply is off. Call it inside a step."""
    if current <= 0.0:
        await rig.supply.output(False)
        return
    await rig.supply.set_voltage(CEILING)
    await rig.supply.set_current_limit(current)
    await rig.supply.output(True)


async def at_work(rig: ElectrolysisRig, celsius: float, current: float) -> None:
    """Warm and under `current` in A, whatever it was: how the bench stands for a scope."""
    await warm(rig, celsius)
    await drive(rig, current)
    await settled(rig.heater.temperature, celsius, STEADY, "the cell")


@dataclass
class Load:
    """The current that flows through a cell of `area` cm2: the supply is told its changes alone.

    `density` in A/cm2 is what it was told last, 0 where it is off.
    """

    rig: ElectrolysisRig
    area: float
    density: float = 0.0

    async def begin(self, celsius: float, density: float) -> None:
        """Warm and under `density` in A/cm2, whatever it was: how the bench stands for a scope."""
        await at_work(self.rig, celsius, density * self.area)
        self.density = density

    async def change(self, density: float) -> None:
        """`density` in A/cm2 from now on, after `begin`, whose voltage the supply keeps."""
        if density == self.density:
            return
        if density > 0.0:
            await self.rig.supply.set_current_limit(density * self.area)
        if density <= 0.0 or self.density <= 0.0:
            await self.rig.supply.output(density > 0.0)
        self.density = density


async def rest(run: Run, rig: ElectrolysisRig, name: str) -> float:
    """Supply off, as a step; the run time in s at which it was."""

    async def close() -> float:
        end = clock.now()
        await rig.supply.output(False)
        return end

    return await run.step(f"{name}/end", close, float)
