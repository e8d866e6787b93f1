from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl import manifest, register
from labctl.engine import execute
from labctl.runcheck import check_run
from tests.labctl.fakelab import FakeLab, measure, request


def done(runs: Path) -> Path:
    lab = FakeLab()
    return execute(request(runs), lambda indicator: lab.bound(measure)).path


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return done(tmp_path_factory.mktemp("runs"))


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


def test_a_run_without_manifest_or_register_is_told(tmp_path: Path) -> None:
    path = done(tmp_path / "runs")
    (tmp_path / "runs" / register.FILE).unlink()
    assert check_run(path) == ("the register of runs does not know this run",)
    (path / manifest.FILE).unlink()
    assert "manifest.json" in check_run(path)[0]


def test_a_run_exchanged_with_its_manifest_is_found_in_the_register(tmp_path: Path) -> None:
    first, second = done(tmp_path / "runs"), done(tmp_path / "runs")
    kept = manifest.read(first)
    shutil.copyfile(second / "journal.db", first / "journal.db")
    exchanged = msgspec.structs.replace(manifest.read(second), run=kept.run)
    manifest.write(first, exchanged)
    assert check_run(first) == ("the register names another head of the chain",)


def test_a_changed_register_is_found(tmp_path: Path) -> None:
    first, second = done(tmp_path / "runs"), done(tmp_path / "runs")
    file = tmp_path / "runs" / register.FILE
    file.write_bytes(file.read_bytes().replace(b'"event":"begun"', b'"event":"done" ', 1))
    assert "were changed" in check_run(first)[0]
    assert check_run(second) == check_run(first)
