"""The similarity rig: one index of similar content under test, a program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.similarity_index import SimilarityIndex
from rigs.safety import safe_all


@dataclass(frozen=True)
class SimilarityRig:
    """`system` is what is tested."""

    system: SimilarityIndex
    name: str = "similarity"

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver: one program, which drives nothing."""
        return {"system": self.system}

    async def safe(self) -> None:
        """A program is safe; it is killed when its line is given back."""
        await safe_all(self.roles())

    async def hold(self) -> None:
        """It waits for its next line."""
