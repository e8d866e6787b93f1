"""The active mass of an electrode by weighing it: acquisition and reduction."""

from __future__ import annotations

import msgspec

from labctl.asking.prompts import ChoicePrompt
from labctl.errors import OperatorError
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from procedures.methods.battery.cell import Cell
from procedures.methods.battery.reduction import scatter
from procedures.methods.trace import Trace, trace
from rigs.battery import BatteryRig

WEIGHINGS = 5

PATIENCE = 40.0
"""Seconds that a value may take to stand."""

COLLECTOR, ACTIVE = "collector_mass", "active_fraction"
"""Properties of the sheet: mass of the bare collector, share of the active mass in the coating."""

MASS_HOW = N_(
    "Active mass = (mass of the coated electrode - mass of the bare collector) x share of the "
    "active mass in the coating; electrode weighed five times, the others from the sample's sheet."
)
MASS_LEFT_OUT = N_("air buoyancy of the electrode on the balance")

ON_PAN, MISSING = "on the pan", "not at hand"
ELECTRODE = ChoicePrompt(
    "electrode",
    N_("Zero the empty balance, then lay the coated electrode of this cell (or its twin) on it"),
    options=(ON_PAN, MISSING),
    simulated=ON_PAN,
)


class Weighed(msgspec.Struct, frozen=True):
    """Masses in kg of the coated electrode, one after the other."""

    masses: Trace

    def active(self, mc: MonteCarlo, cell: Cell) -> Draws:
        """Draws of the active mass in kg, (draws + 1, 1)."""
        readings = self.masses.readings()
        whole = mc.mean(readings) + scatter(mc, readings, "mass")
        coating = whole - cell.stated(mc, COLLECTOR, "kg")
        return coating * cell.stated(mc, ACTIVE, "dimensionless")


async def weigh(run: Run, rig: BatteryRig) -> Weighed:
    """The electrode on the balance, which a person lays there."""
    if await run.ask(ELECTRODE) != ON_PAN:
        raise OperatorError("there is no electrode to weigh", remedy="weigh its twin of one batch")

    async def read() -> Trace:
        readings = [await rig.balance.weigh(timeout=PATIENCE) for _ in range(WEIGHINGS)]
        await run.record("mass", *readings)
        return trace(readings)

    return Weighed(await run.step("mass", read, Trace))
