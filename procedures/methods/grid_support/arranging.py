"""The bench as a method needs it: a steady grid, units that work, meters set."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from drivers.roles.site_controller import FrequencyDroop, SiteFunction, VoltageDroop
from labctl import clock
from procedures.methods.grid_support.pcc import HERTZ, NOMINAL, set_range
from rigs.power import PowerRig

FREQUENCY = FrequencyDroop(nominal=HERTZ, dead_band=0.05, slope=20e3)
"""Droop of active power by our choice: 9 kW at 0.5 Hz."""

VOLTAGE = VoltageDroop(nominal=NOMINAL, dead_band=2.3, slope=600.0)
"""Droop of reactive power by our choice: 5.5 kvar at 5 %."""

FULL = 18e3
"""Apparent power in V*A that the analyser must take."""

STEADY = 5.0
"""Seconds for the units to stand still after a change."""


class Plate(msgspec.Struct, frozen=True):
    """Rated active and apparent power of the site in W and V*A."""

    active: float
    apparent: float


async def plate(rig: PowerRig) -> Plate:
    """What the controller's plate says."""
    found = await rig.site.site_settings()
    return Plate(found.rated_active, found.rated_apparent)


async def energised(rig: PowerRig) -> None:
    """The grid on at nominal voltage and frequency, the store connected."""
    await rig.grid.set_voltage(NOMINAL, phases=[1])
    await rig.grid.set_frequency(HERTZ)
    await rig.grid.regenerative(True)
    await rig.grid.output(True)
    await rig.storage.connect(True)


async def working(rig: PowerRig, functions: Collection[SiteFunction], interval: float) -> None:
    """Units at 0 W with `functions` on; the analyser gives means over `interval` in s.

    Done twice it does no harm: droops, functions and set point are what they are.
    """
    await energised(rig)
    await rig.site.acknowledge()
    await rig.site.set_droop(FREQUENCY)
    await rig.site.set_droop(VOLTAGE)
    await rig.site.run(True, ())
    await rig.site.set_power(0.0, 0.0)
    await rig.site.run(True, functions)
    await rig.analyzer.wiring("1P2W")
    await rig.analyzer.set_update_interval(interval)
    await set_range(rig, FULL)
    await clock.sleep(STEADY)
