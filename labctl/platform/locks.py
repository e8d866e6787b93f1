"""Locks on files, which the system releases when the process that holds them dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    def _take(file: BinaryIO, wait: bool) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)

    def _release(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: BinaryIO, wait: bool) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))

    def _release(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)


@contextmanager
def locked(path: Path) -> Generator[None]:
    """Hold the lock file `path` inside the `with` block; waits for it.

    The file is made where it is missing, stays behind, and holds nothing.
    """
    with open(path, "ab+") as file:
        _take(file, wait=True)
        try:
            yield
        finally:
            _release(file)


def is_locked(path: Path) -> bool:
    """Whether another process, or another open of the file in this one, holds the lock `path`."""
    if not path.exists():
        return False
    with open(path, "rb+" if os.access(path, os.W_OK) else "rb") as file:
        try:
            _take(file, wait=False)
        except OSError:
            return True
        _release(file)
        return False
