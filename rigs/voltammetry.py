"""The voltammetry rig: potentiostat, syringe pump, multiplexer of electrodes, power meter.

A sensor chip with several working electrodes is fed by the pump; the multiplexer's card leads the
potentiostat's working electrode to one of them. The same potentiostat serves a rotating disk, whose
rotator is set by hand. The power meter stands in the supply line of a system under test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.digital_multimeter_scanner import DigitalMultimeterScanner
from drivers.roles.potentiostat import Potentiostat
from drivers.roles.power_analyzer import PowerAnalyzer
from drivers.roles.syringe_pump import SyringePump
from rigs.probes import Probe, Value, question
from rigs.safety import Doing, safe_all, try_all


@dataclass(frozen=True)
class VoltammetryRig:
    """All roles of the bench. Channel 101 of the multiplexer is the first pad of a chip."""

    potentiostat: Potentiostat
    pump: SyringePump
    multiplexer: DigitalMultimeterScanner
    power_meter: PowerAnalyzer
    name: str = "voltammetry"

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver, in the order in which they are made safe: energy first."""
        return {
            "potentiostat": self.potentiostat,
            "pump": self.pump,
            "multiplexer": self.multiplexer,
            "power_meter": self.power_meter,
        }

    async def safe(self) -> None:
        """Cell off, pump still, each read back."""
        await safe_all(self.roles())

    async def hold(self) -> None:
        """Cell off and pump still; electrode and ranges stay as they are."""
        hold: dict[str, Doing] = {
            "potentiostat": self.potentiostat.safe,
            "pump": self.pump.safe,
        }
        await try_all(hold, "held")

    def watchable(self) -> Mapping[str, Probe]:
        """Volume in m3 that the pump has dispensed, and whether it moves.

        Potentiostat and meters are not among them: to read one is to interrupt what it does.
        """
        return {
            "pump.dispensed": Value("m**3", self.pump.dispensed),
            "pump.is_moving": question(self.pump.is_moving),
        }
