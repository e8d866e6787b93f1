"""The beam rig: a laser behind a safety shutter, a focusing mirror, a camera on a stage behind it.

The camera's software writes its pictures to files, by itself, one after another. The stage moves it
along the beam; its scale rises away from the mirror.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.laser_shutter import LaserShutter
from drivers.roles.microscope_image import Microscope
from drivers.roles.motion_stage import MotionStage
from rigs.probes import Probe, question
from rigs.safety import Doing, safe_all, try_all


@dataclass(frozen=True)
class BeamRig:
    """All roles of the bench; the laser itself runs by its own panel."""

    shutter: LaserShutter
    stage: MotionStage
    camera: Microscope
    name: str = "beam"

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver, in the order in which they are made safe: the beam first."""
        return {"shutter": self.shutter, "stage": self.stage, "camera": self.camera}

    async def safe(self) -> None:
        """Beam shut out and stage without current, each read back."""
        await safe_all(self.roles())

    async def hold(self) -> None:
        """Beam shut out and stage at rest, homed as it was."""
        hold: dict[str, Doing] = {"shutter": self.shutter.safe, "stage": self.stage.stop}
        await try_all(hold, "held")

    def watchable(self) -> Mapping[str, Probe]:
        """The enclosure's interlock and the blade; the camera is busy with its own files."""
        return {
            "shutter.is_interlock_closed": question(self.shutter.is_interlock_closed),
            "shutter.is_open": question(self.shutter.is_open),
        }
