"""The topography rig: result files of a force microscope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.surface_topography import SurfaceProfiler
from rigs.safety import safe_all


@dataclass(frozen=True)
class TopographyRig:
    """`afm` hands over height maps of a force microscope."""

    afm: SurfaceProfiler
    name: str = "topography"

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver; none of them drives anything."""
        return {"afm": self.afm}

    async def safe(self) -> None:
        """Every role in its safe state."""
        await safe_all(self.roles())
