"""Files that nobody but their owner may read."""

from __future__ import annotations

import getpass
import os
import subprocess
import sys
from pathlib import Path


def write_private(path: Path, data: bytes) -> None:
    """Write the new file `path`, which its owner alone may read; `FileExistsError` if it is there.

    On POSIX it never was readable for others, nor is its folder. On Windows all rights but the
    owner's are taken from it; where the file system keeps no rights (FAT) it stays as it is.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if sys.platform != "win32":
        path.parent.chmod(0o700)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with open(os.open(path, flags, 0o600), "wb") as file:
        file.write(data)
    if sys.platform == "win32":
        own = ["icacls", str(path), "/inheritance:r", "/grant:r", f"{getpass.getuser()}:F"]
        subprocess.run(own, capture_output=True, check=False)


def others_may_read(path: Path) -> bool:
    """Whether others than the owner may read `path`, as far as the system tells by its mode."""
    return sys.platform != "win32" and bool(path.stat().st_mode & 0o077)
