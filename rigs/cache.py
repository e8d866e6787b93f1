"""The cache rig: one cache system under test, a program that a process link starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.cache_system import CacheSystem
from rigs.safety import safe_all


@dataclass(frozen=True)
class CacheRig:
    """`system` is what is tested."""

    system: CacheSystem
    name: str = "cache"

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver: one program, which drives nothing."""
        return {"system": self.system}

    async def safe(self) -> None:
        """A program is safe; it is killed when its line is given back."""
        await safe_all(self.roles())

    async def hold(self) -> None:
        """It waits for its next line."""
