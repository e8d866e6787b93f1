"""Rows on their way into the journal: one batch becomes one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from labctl.errors import JournalError

Row = tuple[Any, ...]
Done = Callable[[JournalError | None], None]


@dataclass
class Batch:
    """Rows by table, files to be written before them, and who waits for the commit.

    `snapshot` is a row of the table of snapshots but its slot; the older of two is overwritten.
    `waiting` are called in the writer's thread, with None after the commit or with the error.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])
    files: list[tuple[str, bytes]] = field(default_factory=list[tuple[str, bytes]])
    waiting: list[Done] = field(default_factory=list[Done])
    snapshot: Row | None = None

    def add(self, table: str, row: Row) -> None:
        """Append one row to `table`."""
        self.rows.setdefault(table, []).append(row)

    def __bool__(self) -> bool:
        return bool(self.rows or self.files)

    def __len__(self) -> int:
        return sum(len(rows) for rows in self.rows.values())

    def finish(self, error: JournalError | None) -> None:
        """Tell all who wait."""
        for done in self.waiting:
            done(error)


class World(NamedTuple):
    """A snapshot of the simulated bench of an item, as bytes, arranged for `scopes`."""

    item: int
    state: bytes
    scopes: tuple[str, ...] = ()
