"""The laboratory as `labctl.toml` states it."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl.errors import BenchError
from labctl.laboratory import Laboratory, laboratory


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_nothing_is_stated_without_a_file() -> None:
    assert laboratory() == Laboratory()


def test_what_the_file_states() -> None:
    Path("labctl.toml").write_text(
        '[laboratory]\nname = "检测室"\nplace = "B3"\n', encoding="utf-8"
    )
    assert laboratory() == Laboratory(name="检测室", place="B3")


@pytest.mark.parametrize("text", ['[laboratory]\nnames = "x"\n', "[laboratory]\nname = 3\n"])
def test_what_is_wrong_is_named(text: str) -> None:
    Path("labctl.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BenchError, match=r"labctl\.toml: \[laboratory\]"):
        laboratory()
