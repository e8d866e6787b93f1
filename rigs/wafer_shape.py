"""The wafer shape rig: result files of a gauge that maps both faces of a wafer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from drivers.driver import Driver
from drivers.roles.imported import ResultImporter
from drivers.roles.wafer_metrology import WaferMap
from rigs.safety import safe_all


class WaferMapFiles(ResultImporter[WaferMap], Protocol):
    """Maps over a wafer by file, of a gauge that finds no defects; positions and heights in m."""


@dataclass(frozen=True)
class WaferShapeRig:
    """`gauge` hands over maps of both faces."""

    gauge: WaferMapFiles
    name: str = "wafer_shape"

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver; none of them drives anything."""
        return {"gauge": self.gauge}

    async def safe(self) -> None:
        """Every role in its safe state."""
        await safe_all(self.roles())
