"""What an analysis of imported files leaves: its evidence, where it came from, and its plots."""

from __future__ import annotations

from typing import Any

import msgspec

from labctl.analysis import Plot
from labctl.evidence import Evidence
from labctl.quantity import Quantity

FORMAT = "labctl-analysis/1"


class FileRead(msgspec.Struct, frozen=True):
    """A file that was read: its `name`, `size` in bytes and SHA-256."""

    name: str
    size: int
    sha256: str


class Reader(msgspec.Struct, frozen=True):
    """Who read the files: a `module`, the SHA-256 of its text, labctl's `version` and the versions
    of the `libraries` that it reads with."""

    module: str
    sha256: str
    version: str
    libraries: dict[str, str]


class Document(msgspec.Struct, frozen=True):
    """An analysis that was carried out, at `utc` (ISO 8601).

    `evidence` is of the kind `imported`: no instrument that labctl spoke to stands behind it.
    `settings` are those that were used, stated or by default.
    """

    analysis: str
    function: str
    utc: str
    files: tuple[FileRead, ...]
    reader: Reader
    settings: dict[str, Quantity | str]
    evidence: Evidence
    plots: tuple[Plot, ...] = ()
    format: str = FORMAT
    imported: bool = True
    instruments: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The document as `--json` prints it; the points of the plots are left out."""
        built = msgspec.to_builtins(self)
        built["plots"] = [{"name": one.name, "title": one.title} for one in self.plots]
        return built
