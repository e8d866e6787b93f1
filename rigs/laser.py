"""The laser rig: pump laser, shutter with interlock, power meter, optical spectrum analyser.

The shutter stands between pump and cavity, so that closed it is dark behind. The head of the power
meter is moved by people: into the pump beam in front of the cavity, or into the output, there
behind a separator for one order or without. A pick-off leads a small part of the output to the
analyser, to a scanning interferometer whose photodiode and ramp are on channels 1 and 2 of `scope`,
and to a delayed self-heterodyne set whose photodiode is at `beat`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.laser_power_meter import LaserPowerMeter
from drivers.roles.laser_shutter import LaserShutter
from drivers.roles.laser_source import LaserSource
from drivers.roles.optical_spectrum_analyzer import OpticalSpectrumAnalyzer
from drivers.roles.oscilloscope import Oscilloscope
from drivers.roles.spectrum_analyzer import SpectrumAnalyzer
from rigs.probes import Probe, question
from rigs.safety import Doing, safe_all, try_all


@dataclass(frozen=True)
class LaserRig:
    """All roles of the bench."""

    shutter: LaserShutter
    pump: LaserSource
    power_meter: LaserPowerMeter
    spectrum: OpticalSpectrumAnalyzer
    scope: Oscilloscope
    beat: SpectrumAnalyzer
    name: str = "laser"

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver, in the order in which they are made safe: the beam first."""
        return {
            "shutter": self.shutter,
            "pump": self.pump,
            "power_meter": self.power_meter,
            "spectrum": self.spectrum,
            "scope": self.scope,
            "beat": self.beat,
        }

    async def safe(self) -> None:
        """Shutter closed, emission off, each read back."""
        await safe_all(self.roles())

    async def hold(self) -> None:
        """Shutter closed, emission off; the meters keep their settings."""
        hold: dict[str, Doing] = {
            "shutter": self.shutter.safe,
            "pump": self.pump.safe,
        }
        await try_all(hold, "held")

    def watchable(self) -> Mapping[str, Probe]:
        """Whether the interlock of the beam path is closed, and whether the shutter is open."""
        return {
            "shutter.is_interlock_closed": question(self.shutter.is_interlock_closed),
            "shutter.is_open": question(self.shutter.is_open),
        }
