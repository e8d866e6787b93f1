from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from labctl.bundle import archive
from labctl.errors import JournalError


def filled(folder: Path) -> Path:
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "one.txt").write_bytes(b"1\r\n" * 1000)
    (folder / "none").write_bytes(b"")
    return folder


def test_it_comes_back_and_every_byte_follows(tmp_path: Path) -> None:
    folder = filled(tmp_path / "in")
    archive.pack(folder, tmp_path / "x.zip")
    archive.unpack(tmp_path / "x.zip", tmp_path / "out")
    assert (tmp_path / "out/a/one.txt").read_bytes() == (folder / "a/one.txt").read_bytes()
    assert archive.is_exact(tmp_path / "x.zip", tmp_path / "out", tmp_path / "again")
    with zipfile.ZipFile(tmp_path / "x.zip") as found:
        assert found.testzip() is None


@pytest.mark.parametrize("name", ["../evil", "/evil", "a/../../evil", "c:evil", "a\\evil"])
def test_no_file_comes_to_lie_outside(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as made:
        made.writestr(zipfile.ZipInfo(name), b"x")
    with pytest.raises(JournalError, match="does not write"):
        archive.unpack(tmp_path / "x.zip", tmp_path / "out")
    assert not list(tmp_path.rglob("evil"))


def test_one_that_ends_too_early_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python 3.12 raises EOFError where a size in the archive is beyond its end."""

    def end(*_: object) -> None:
        raise EOFError

    archive.pack(filled(tmp_path / "in"), tmp_path / "x.zip")
    monkeypatch.setattr(zipfile.ZipFile, "extractall", end)
    with pytest.raises(JournalError, match="cannot be read"):
        archive.unpack(tmp_path / "x.zip", tmp_path / "out")


def test_a_packed_archive_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("zeros", bytes(1 << 20))
    with pytest.raises(JournalError, match="is packed"):
        archive.unpack(tmp_path / "x.zip", tmp_path / "out")
