from __future__ import annotations

import subprocess
from pathlib import Path, PurePosixPath

import pytest

from labctl.platform import filesystems
from labctl.platform.filesystems import file_system_of, network_file_system

MOUNTS = [("/", "ext4"), ("/data", "nfs4"), ("/data/fast", "xfs"), ("/share", "fuse.sshfs")]


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("/tmp", ""),
        ("/data", "nfs4"),
        ("/data/runs", "nfs4"),
        ("/data/fast/runs", ""),
        ("/database", ""),
        ("/share/a/b", "fuse.sshfs"),
    ],
)
def test_the_innermost_mount_counts(folder: str, expected: str) -> None:
    assert file_system_of(PurePosixPath(folder), MOUNTS) == expected


def test_of_two_mounts_on_one_point_the_later_is_on_top() -> None:
    assert file_system_of(PurePosixPath("/a"), [("/a", "ext4"), ("/a", "cifs")]) == "cifs"
    assert file_system_of(PurePosixPath("/a"), [("/a", "cifs"), ("/a", "ext4")]) == ""


def test_a_folder_under_no_known_mount_is_not_refused() -> None:
    assert file_system_of(PurePosixPath("/a"), []) == ""


def test_the_folder_of_this_test_is_local(tmp_path: Path) -> None:
    assert network_file_system(tmp_path) == ""


def test_the_table_of_linux_is_unescaped() -> None:
    assert filesystems.unescaped("/mnt/my\\040disk\\134x") == "/mnt/my disk\\x"


def test_the_table_of_macos_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "/dev/disk3s1 on / (apfs, sealed, local)\n"
        "//ann@nas/lab on /Volumes/lab data (smbfs, nodev, nosuid, mounted by ann)\n"
    )
    answer = subprocess.CompletedProcess([], 0, stdout=text)
    monkeypatch.setattr(filesystems.subprocess, "run", lambda *args, **options: answer)
    mounts = filesystems.mac_mounts()
    assert mounts == [("/", "apfs"), ("/Volumes/lab data", "smbfs")]
    assert file_system_of(PurePosixPath("/Volumes/lab data/runs"), mounts) == "smbfs"
