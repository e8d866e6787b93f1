"""Watched folders: only files that their writer has finished, each once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from drivers.links.files import is_being_written
from drivers.links.link_programs import FolderLink
from drivers.links.opening import open_folder_link
from drivers.links.settings import FolderSettings
from labctl import clock
from labctl.errors import LinkError

T = TypeVar("T")
SETTINGS = FolderSettings(timeout=3.0, settled=0.1, poll=0.02)


def run(folder: Path, body: Callable[[FolderLink], Awaitable[T]], options: str = "") -> T:
    async def main() -> T:
        link = await open_folder_link(f"folder://{folder}?pattern=*.csv{options}", SETTINGS)
        try:
            return await body(link)
        finally:
            await link.close()
            await link.close()

    return clock.run(main(), virtual=False)


def test_finished_files_oldest_first_and_each_once(tmp_path: Path) -> None:
    (tmp_path / "before.csv").write_bytes(b"old")

    async def body(link: FolderLink) -> None:
        for index, name in enumerate(("b.csv", "a.csv", "other.tmp")):
            (tmp_path / name).write_bytes(name.encode("ascii"))
            os.utime(tmp_path / name, (1e9 + index, 1e9 + index))
        first, second = await link.next(), await link.next()
        assert [first.path.name, second.path.name] == ["b.csv", "a.csv"]
        assert (first.data, first.size) == (b"b.csv", 5)
        assert first.sha256 == hashlib.sha256(b"b.csv").hexdigest()
        with pytest.raises(LinkError, match="no finished file"):
            await link.next(0.2)

    run(tmp_path, body)


def test_files_that_were_there_can_be_asked_for(tmp_path: Path) -> None:
    (tmp_path / "before.csv").write_bytes(b"old")
    assert run(tmp_path, lambda link: link.next(), "&old=1").data == b"old"


def test_a_file_that_is_open_is_not_read_though_it_rests(tmp_path: Path) -> None:
    path = tmp_path / "slow.csv"

    async def body(link: FolderLink) -> None:
        with path.open("wb") as writer:
            writer.write(b"half")
            writer.flush()
            assert is_being_written(path)
            with pytest.raises(LinkError) as caught:
                await link.next(0.3)
            assert caught.value.answer == "slow.csv"
            writer.write(b" whole")
        assert (await link.next()).data == b"half whole"

    run(tmp_path, body)


def test_reading_a_file_does_not_count_as_writing(tmp_path: Path) -> None:
    path = tmp_path / "read.csv"
    path.write_bytes(b"x")
    with path.open("rb"):
        assert is_being_written(path) == (os.name == "nt")


def test_a_file_that_grows_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "growing.csv"

    async def grow() -> None:
        for index in range(4):
            with path.open("ab") as writer:
                writer.write(b"%d" % index)
            await clock.sleep(0.05)

    async def body(link: FolderLink) -> bytes:
        import asyncio

        task = asyncio.create_task(grow())
        found = await link.next()
        await task
        return found.data

    assert run(tmp_path, body) == b"0123"


def test_a_file_written_again_comes_again_and_resync_forgets(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"

    async def body(link: FolderLink) -> None:
        path.write_bytes(b"1")
        assert (await link.next()).data == b"1"
        path.write_bytes(b"22")
        assert (await link.next()).data == b"22"
        path.write_bytes(b"333")
        await link.resync()
        with pytest.raises(LinkError):
            await link.next(0.2)

    run(tmp_path, body)


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(LinkError, match="no such folder"):
        clock.run(open_folder_link(f"folder://{tmp_path / 'none'}"), virtual=False)
