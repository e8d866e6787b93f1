from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl import register
from tests.labctl.verification.done import done
from tests.runcheck import check_run


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return done(tmp_path_factory.mktemp("runs"))


def test_a_whole_run_has_nothing_wrong(original: Path) -> None:
    assert check_run(original) == ()


@given(data=st.data())
def test_any_flipped_byte_of_a_closed_journal_is_found(
    data: st.DataObject, original: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    runs = tmp_path_factory.mktemp("flipped") / "runs"
    shutil.copytree(original.parent, runs)
    file = runs / original.name / "journal.db"
    content = bytearray(file.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    file.write_bytes(content)
    assert check_run(file.parent)


def test_a_changed_register_is_found_in_words(tmp_path: Path) -> None:
    first, second = done(tmp_path), done(tmp_path)
    file = tmp_path / register.FILE
    file.write_bytes(file.read_bytes().replace(b'"event":"begun"', b'"event":"done" ', 1))
    assert "were changed" in check_run(first)[0]
    assert check_run(second) == check_run(first)
