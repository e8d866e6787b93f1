"""The characterisation rig: a balance, and result files of two spectrometers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.balance import Balance
from drivers.roles.imported import ChannelFiles
from rigs.safety import safe_all


@dataclass(frozen=True)
class CharacterisationRig:
    """`icp` hands over concentrations of the solutions of a rack, `xrf` fluorescence intensities of
    the places of a map, both in the order of the working instruction."""

    balance: Balance
    icp: ChannelFiles
    xrf: ChannelFiles
    name: str = "characterisation"

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver; none of them drives anything."""
        return {"balance": self.balance, "icp": self.icp, "xrf": self.xrf}

    async def safe(self) -> None:
        """Every role in its safe state."""
        await safe_all(self.roles())
