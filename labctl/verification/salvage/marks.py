"""What a salvage says of itself: `salvage.json` beside its journal."""

from __future__ import annotations

from pathlib import Path

import msgspec

from labctl.verification.salvage.ranges import Ranges

FILE = "salvage.json"


class TableSalvage(msgspec.Struct, frozen=True):
    """What was read of a table: how many rows, and the numbers of those that are lost.

    `doubtful` rows were read, and stand in a transaction whose hash does not fit or is lost: any of
    them may have been altered.
    """

    read: int
    lost: Ranges = ()
    doubtful: Ranges = ()


class Salvaged(msgspec.Struct, frozen=True):
    """A salvage of the run `run`, made at the wall-clock time `made` (ISO 8601, UTC).

    Of `transactions` that are known to have been, `whole` fit with all their rows; those in
    `spoiled` do not, those in `lost` have left no row in the chain.
    """

    run: str
    made: str
    transactions: int
    whole: int
    spoiled: Ranges
    lost: Ranges
    tables: dict[str, TableSalvage]
    attachments: tuple[str, ...] = ()
    attachments_lost: tuple[str, ...] = ()


def is_salvage(folder: Path) -> bool:
    """Whether the folder of a run holds a salvage."""
    return (folder / FILE).exists()
