from __future__ import annotations

from pathlib import Path

import pytest

from labctl.config import leases_folder, runs_folder, table
from labctl.errors import BenchError


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LABCTL_RUNS", raising=False)
    monkeypatch.delenv("LABCTL_LEASES", raising=False)


def state(text: str) -> None:
    Path("labctl.toml").write_text(text, encoding="utf-8")


def test_the_first_that_says_something_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert runs_folder().name == "runs"
    assert runs_folder().is_absolute()
    state('runs = "from-file"\n')
    assert runs_folder() == Path("from-file")
    monkeypatch.setenv("LABCTL_RUNS", "from-environment")
    assert runs_folder() == Path("from-environment")
    assert runs_folder(Path("from-option")) == Path("from-option")


def test_a_file_that_says_nothing_on_runs_is_passed_over() -> None:
    state("other = 1\n")
    assert runs_folder().is_absolute()


@pytest.mark.parametrize(
    ("text", "told"), [("runs = 3\n", "key runs"), ('runs = ""\n', "key runs"), ("runs =", "TOML")]
)
def test_a_malformed_file_is_named(text: str, told: str) -> None:
    state(text)
    with pytest.raises(BenchError, match=f"labctl.toml.*{told}"):
        runs_folder()


def test_a_home_folder_is_expanded() -> None:
    assert runs_folder(Path("~/runs")) == Path.home() / "runs"


def test_the_folder_of_leases(monkeypatch: pytest.MonkeyPatch) -> None:
    assert leases_folder().name == "leases"
    state('[leases]\nfolder = "share/leases"\n')
    assert leases_folder() == Path("share/leases")
    monkeypatch.setenv("LABCTL_LEASES", "from-environment")
    assert leases_folder() == Path("from-environment")


@pytest.mark.parametrize(
    ("text", "told"),
    [("leases = 3\n", "key leases: expected a table"), ("[leases]\nfolder = 3", "leases.folder")],
)
def test_a_malformed_table_is_named(text: str, told: str) -> None:
    state(text)
    with pytest.raises(BenchError, match=told):
        leases_folder()


def test_a_table_that_is_not_there_is_empty() -> None:
    assert table("notices") == {}
