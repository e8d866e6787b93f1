"""The in-situ rig: a frame detector and a microscope on trial, an oscilloscope at the reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.imported import ChannelFiles
from drivers.roles.microscope_image import Microscope
from drivers.roles.oscilloscope import Oscilloscope
from rigs.safety import safe_all


@dataclass(frozen=True)
class InSituRig:
    """`detector` hands over logs of its frames, `microscope` pictures of a lattice; `scope` sees
    the reference's trigger on channel 1 and its light on channel 2."""

    scope: Oscilloscope
    detector: ChannelFiles
    microscope: Microscope
    name: str = "in_situ"

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver; none of them drives anything."""
        return {"scope": self.scope, "detector": self.detector, "microscope": self.microscope}

    async def safe(self) -> None:
        """Every role in its safe state."""
        await safe_all(self.roles())
