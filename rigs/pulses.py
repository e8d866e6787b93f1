"""The pulse rig: a pulsed laser behind a safety shutter, an energy meter, a fast photodiode.

The laser fires by its own panel and clock. The main beam falls on the head of the energy meter; a
reflection of a wedge on the photodiode, whose cable ends at the 50 ohm of channel 1 of `scope`. The
photodiode has no line of its own: its rise time is asked for, by its certificate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.laser_energy_meter import LaserEnergyMeter
from drivers.roles.laser_shutter import LaserShutter
from drivers.roles.oscilloscope import Oscilloscope
from rigs.probes import Probe, question
from rigs.safety import Doing, safe_all, try_all


@dataclass(frozen=True)
class PulsesRig:
    """All roles of the bench."""

    shutter: LaserShutter
    energy_meter: LaserEnergyMeter
    scope: Oscilloscope
    name: str = "pulses"

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver, in the order in which they are made safe: the beam first."""
        return {"shutter": self.shutter, "energy_meter": self.energy_meter, "scope": self.scope}

    async def safe(self) -> None:
        """Shutter closed, read back."""
        await safe_all(self.roles())

    async def hold(self) -> None:
        """Shutter closed; the meters keep their settings."""
        hold: dict[str, Doing] = {"shutter": self.shutter.safe}
        await try_all(hold, "held")

    def watchable(self) -> Mapping[str, Probe]:
        """Whether the interlock of the beam path is closed, and whether the shutter is open."""
        return {
            "shutter.is_interlock_closed": question(self.shutter.is_interlock_closed),
            "shutter.is_open": question(self.shutter.is_open),
        }
