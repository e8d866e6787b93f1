from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from labctl.errors import JournalError
from labctl.runfolder import file_sha256, new_folder, run_id

NOON = datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("targets", "middle"),
    [
        (("1.1-03",), "1.1-03"),
        (("5.2", "5.3"), r"5.2\+1"),
        (("acme/leak-01",), "acme-leak-01"),
        (("氢 <能>",), ""),
        (("x" * 300,), "x" * 40),
        ((), "run"),
    ],
)
def test_an_id_is_a_name_that_every_file_system_takes(
    targets: tuple[str, ...], middle: str
) -> None:
    assert re.fullmatch(rf"20260301T120005Z-{middle}-[0-9a-f]{{6}}", run_id(targets, NOON))


def test_ids_of_one_second_differ() -> None:
    assert len({run_id(("1.1",), NOON) for _ in range(50)}) == 50


def test_a_folder_is_locked_while_it_is_written(tmp_path: Path) -> None:
    with new_folder(tmp_path / "runs", ("1.1",)) as folder:
        assert folder.attachments.is_dir()
        assert folder.is_running
        assert folder.journal.parent == folder.path == folder.log.parent
    assert not folder.is_running


def test_a_folder_that_cannot_be_made_names_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("", encoding="utf-8")
    with pytest.raises(JournalError) as caught, new_folder(tmp_path / "runs", ("1.1",)):
        raise AssertionError
    assert "LABCTL_RUNS" in caught.value.remedy


def test_the_hash_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"foo")
    assert file_sha256(tmp_path / "a").startswith("2c26b46b68ffc68f")
