"""The diffraction rig: result files of an X-ray diffractometer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.xrd import XrayDiffractometer
from rigs.safety import safe_all


@dataclass(frozen=True)
class DiffractionRig:
    """`xrd` hands over scans of a diffractometer."""

    xrd: XrayDiffractometer
    name: str = "diffraction"

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver; none of them drives anything."""
        return {"xrd": self.xrd}

    async def safe(self) -> None:
        """Every role in its safe state."""
        await safe_all(self.roles())
