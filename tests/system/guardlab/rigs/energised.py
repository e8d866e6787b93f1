"""A rig of one source meter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.source_meter import SourceMeter
from rigs.safety import safe_all


@dataclass
class EnergisedRig:
    """A source meter on something that must not be left under voltage."""

    source_meter: SourceMeter
    name: str = "energised"

    def roles(self) -> Mapping[str, Driver]:
        return {"source_meter": self.source_meter}

    async def safe(self) -> None:
        await safe_all(self.roles())
