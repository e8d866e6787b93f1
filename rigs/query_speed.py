"""The query speed rig: an index of similar content under test and two baselines on one host."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.similarity_index import SimilarityIndex
from rigs.safety import safe_all


@dataclass(frozen=True)
class QuerySpeedRig:
    """`system` is what is tested; `spyglass` and `smartstore` are the programs that the agreement
    names for these baselines."""

    system: SimilarityIndex
    spyglass: SimilarityIndex
    smartstore: SimilarityIndex
    name: str = "query_speed"

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver: three programs, which drive nothing."""
        return self.programs()

    def programs(self) -> dict[str, SimilarityIndex]:
        """Role name -> program, the system under test first."""
        return {
            "system": self.system,
            "spyglass": self.spyglass,
            "smartstore": self.smartstore,
        }

    async def safe(self) -> None:
        """Programs are safe; they are killed when their lines are given back."""
        await safe_all(self.roles())

    async def hold(self) -> None:
        """They wait for their next line."""
