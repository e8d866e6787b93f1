from __future__ import annotations

from pathlib import Path

import pytest

from labctl.cli.find import _one, run_folder  # pyright: ignore[reportPrivateUsage]
from labctl.errors import UsageError
from labctl.runfile import RunSummary

KNOWN = [
    RunSummary(run, Path("runs") / run, "", "done", ("1.1-03",))
    for run in ("20260101T000000Z-a-11", "20260101T000000Z-a-12", "20260102T000000Z-b-1")
]


@pytest.mark.parametrize(
    ("name", "index"),
    [("last", 2), ("20260102", 2), ("20260101T000000Z-a-11", 0), ("20260101T000000Z-a-12", 1)],
)
def test_a_run_is_found_by_its_name(name: str, index: int) -> None:
    assert _one(name, KNOWN, Path("runs")) is KNOWN[index]


def test_an_ambiguous_beginning_lists_what_it_could_mean() -> None:
    with pytest.raises(UsageError, match="2 runs") as caught:
        _one("20260101", KNOWN, Path("runs"))
    assert caught.value.remedy == "20260101T000000Z-a-11, 20260101T000000Z-a-12"


@pytest.mark.parametrize("name", ["last", "x"])
def test_a_missing_run_names_the_folder(name: str) -> None:
    with pytest.raises(UsageError, match=r"no run .* in runs"):
        _one(name, [], Path("runs"))


def test_a_path_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "journal.db").touch()
    assert run_folder(str(tmp_path), None) == tmp_path


def test_an_id_is_looked_up_in_the_runs_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        run_folder("nope", tmp_path)
