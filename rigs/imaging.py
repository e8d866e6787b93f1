"""The imaging rig: a camera or scanner over a calibration plate, and a caliper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.dimension_gauge import DimensionGauge
from drivers.roles.microscope_image import Microscope
from rigs.safety import safe_all


@dataclass(frozen=True)
class ImagingRig:
    """`camera` hands over pictures of the sample on its calibration plate, `caliper` lengths."""

    camera: Microscope
    caliper: DimensionGauge
    name: str = "imaging"

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver; none of them drives anything."""
        return {"camera": self.camera, "caliper": self.caliper}

    async def safe(self) -> None:
        """Every role in its safe state."""
        await safe_all(self.roles())
