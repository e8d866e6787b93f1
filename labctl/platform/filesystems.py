"""Whether a folder lies on a network file system, where SQLite's WAL cannot be trusted."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path, PurePath

NETWORK = frozenset(
    {
        "afpfs", "afs", "beegfs", "ceph", "cifs", "davfs", "fuse.glusterfs", "fuse.s3fs",
        "fuse.sshfs", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs3", "nfs4", "smb3",
        "smbfs", "webdav",
    }
)  # fmt: skip
"""Names of network file systems, as Linux and macOS print them."""


def network_file_system(folder: Path) -> str:
    """Name of the network file system that `folder` lies on; "" where it is local or unknown."""
    folder = folder.resolve()
    if sys.platform == "win32":
        return _windows(folder)
    if sys.platform == "darwin":
        return file_system_of(folder, mac_mounts())
    return file_system_of(folder, _linux_mounts())


def file_system_of(folder: PurePath, mounts: Iterable[tuple[str, str]]) -> str:
    """Name of `folder`'s network file system by `mounts` (mount point, type), or ""."""
    inside = [(point, kind) for point, kind in mounts if folder.is_relative_to(point)]
    if not inside:
        return ""
    # Of two mounts on one point the later one is on top.
    _, kind = max(enumerate(inside), key=lambda entry: (len(entry[1][0]), entry[0]))[1]
    return kind if kind in NETWORK else ""


def _linux_mounts() -> list[tuple[str, str]]:
    try:
        text = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    rows = (line.split(" ") for line in text.splitlines())
    return [(unescaped(row[1]), row[2]) for row in rows if len(row) > 2]


def unescaped(text: str) -> str:
    """Mount points as the kernel writes them: blanks and backslashes in octal."""
    for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, char)
    return text


def mac_mounts() -> list[tuple[str, str]]:
    """Rows of `mount`: `//user@host/share on /Volumes/share (smbfs, nodev, nosuid)`."""
    answer = subprocess.run(
        ["/sbin/mount"], capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    rows = (line.partition(" on ")[2].rpartition(" (") for line in answer.stdout.splitlines())
    return [(point, kinds.partition(",")[0].rstrip(")")) for point, _, kinds in rows if point]


def _windows(folder: Path) -> str:
    if sys.platform != "win32":
        return ""
    import ctypes

    remote = 4  # DRIVE_REMOTE of GetDriveTypeW
    if folder.drive.startswith("\\\\"):
        return "network share"
    kind = ctypes.windll.kernel32.GetDriveTypeW(f"{folder.drive}\\")
    return "network drive" if kind == remote else ""
