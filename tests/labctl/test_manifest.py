from __future__ import annotations

from pathlib import Path

import pytest

from labctl.errors import JournalError
from labctl.manifest import FILE, Manifest, read, write

MANIFEST = Manifest(
    run="r",
    labctl="0.1.0",
    journal_schema=1,
    started="2026-03-01T12:00:05.000+00:00",
    targets=("1.1", "氢"),
    seed=1,
    agreement_sha256="ab",
)


def test_a_manifest_comes_back(tmp_path: Path) -> None:
    write(tmp_path, MANIFEST)
    write(tmp_path, MANIFEST)
    assert read(tmp_path) == MANIFEST
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_what_is_no_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="is no run"):
        read(tmp_path)
    (tmp_path / FILE).write_text("{}", encoding="utf-8")
    with pytest.raises(JournalError, match=r"manifest\.json"):
        read(tmp_path)


def test_one_that_cannot_be_written_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="cannot be written") as caught:
        write(tmp_path / "gone", MANIFEST)
    assert "resume" in caught.value.remedy
