"""The rig of the document indicators: no instrument, one folder of files with its index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from drivers.driver import Driver


@dataclass(frozen=True)
class DossierRig:
    """A dossier: `folder` holds `dossier.toml` and the files it names (docs/dossier.md)."""

    folder: Path
    name: str = "dossier"

    def roles(self) -> Mapping[str, Driver]:
        """No role: nothing is connected."""
        return {}

    async def safe(self) -> None:
        """Paper is safe."""
