"""Whether a journal still lies where it was opened."""

from __future__ import annotations

import os
from pathlib import Path

from labctl.errors import JournalError


class Place:
    """Where the journal `path` and its log lie.

    A file that was removed or exchanged is written to on most systems as long as it is open, and
    all that is written is gone with it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files = {name: _number(name) for name in (str(path), f"{path}-wal")}

    def check(self) -> None:
        """`JournalError` where one of the files is no longer the one that was opened."""
        for name, number in self._files.items():
            now = _number(name)
            # The log of a journal that was closed is made with the first commit.
            if number is None:
                self._files[name] = now
            elif now != number:
                raise JournalError(
                    f"{Path(name).name} was taken away or exchanged while the run went on",
                    address=str(self._path),
                    remedy="put the run's folder back as it was, or run the item anew",
                )


def _number(name: str) -> tuple[int, int] | None:
    try:
        found = os.stat(name)
    except OSError:
        return None
    return found.st_dev, found.st_ino
