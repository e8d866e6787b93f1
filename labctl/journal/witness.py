"""How far a journal has come, told beside it: `journal.head` names its last commit.

The log of a journal that is cut at any byte holds a whole number of transactions and does not tell
how many there were. The witness does: it is written after each commit and before anybody is told of
it, so it never names a transaction that was not committed, and after a killed process it names the
last. It is not synced: after a power cut it may name an earlier one.
"""

from __future__ import annotations

from io import FileIO
from pathlib import Path
from typing import NamedTuple

_LINE = "{tx:020d} {head}\n"


class Stand(NamedTuple):
    """A journal whose chain has come to `head` (hex) with transaction `tx`."""

    tx: int
    head: str


class Witness:
    """Keeps the witness of the journal `journal`; a line of one length, written over in place.

    `OSError` where it cannot be written.
    """

    def __init__(self, journal: Path) -> None:
        path = path_of(journal)
        self._file = FileIO(path, "r+" if path.exists() else "w+")

    def tell(self, tx: int, head: str) -> None:
        """The transaction `tx` is on the disk."""
        self._file.seek(0)
        self._file.write(_LINE.format(tx=tx, head=head).encode())

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def path_of(journal: Path) -> Path:
    """Where the witness of the journal `journal` lies."""
    return journal.with_suffix(".head")


def told(journal: Path) -> Stand | None:
    """What the witness of `journal` says; None where there is none, or no whole line."""
    try:
        tx, head = path_of(journal).read_text(encoding="utf-8").split()
        return Stand(int(tx), head)
    except (OSError, ValueError):
        return None


def remove(journal: Path) -> None:
    """A journal that was closed in good order needs no witness: its manifest names its head."""
    path_of(journal).unlink(missing_ok=True)
