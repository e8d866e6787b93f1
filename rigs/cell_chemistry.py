"""The cell chemistry rig: a balance in a glove box, and result files of two instruments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.balance import Balance
from drivers.roles.imported import ChannelFiles
from rigs.safety import safe_all


@dataclass(frozen=True)
class CellChemistryRig:
    """`balance` weighs the parts of a dismantled cell; `gc` hands over the peak areas of a series,
    `tga` the masses of its runs, both in the order of the working instruction."""

    balance: Balance
    gc: ChannelFiles
    tga: ChannelFiles
    name: str = "cell_chemistry"

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver; none of them drives anything."""
        return {"balance": self.balance, "gc": self.gc, "tga": self.tga}

    async def safe(self) -> None:
        """Every role in its safe state."""
        await safe_all(self.roles())
