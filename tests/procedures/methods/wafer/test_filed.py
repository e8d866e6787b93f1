"""Only files of the named sample, begun after it was laid, are taken."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from drivers.roles.imported import ImportedFile
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Identity
from procedures.methods.wafer.filed import SKIPPED, measured

WHO = Identity("labctl", "X", "SIM-1")


@dataclass(frozen=True)
class Result:
    file: ImportedFile


class Folder:
    """Files by (sample, seconds after the start at which it was begun)."""

    address = "folder://x"

    def __init__(self, *files: tuple[str, float]) -> None:
        _, now = clock.stamp()
        self.results = [
            Result(ImportedFile(f"{n}", f"hash {n}", 1, "r", "1", "m", name, now + after, now, WHO))
            for n, (name, after) in enumerate((("old", -100.0), *files))
        ]

    async def latest(self) -> Result:
        return self.results[0]

    async def following(self, sha256: str, *, timeout: float) -> Result:
        place = [one.file.sha256 for one in self.results].index(sha256)
        return self.results[place + 1]


def taken(*files: tuple[str, float], count: int = 2) -> list[str]:
    async def take() -> list[str]:
        found = await measured(Folder(*files), "S-1", count)  # type: ignore[arg-type]
        return [one.file.name for one in found]

    return clock.run(take(), virtual=True)


def test_files_that_were_begun_before_are_passed_over() -> None:
    assert taken(("S-1", -3.0), ("S-1", 20.0), ("S-1", 70.0), ("S-1", 90.0)) == ["2", "3"]


def test_a_file_of_another_sample_is_refused_by_name() -> None:
    with pytest.raises(InstrumentError, match=r"of the sample 'S-2', not of 'S-1'"):
        taken(("S-1", 20.0), ("S-2", 70.0))


def test_a_clock_that_lags_is_found() -> None:
    late = [("S-1", -3.0)] * (SKIPPED + 1)
    with pytest.raises(InstrumentError, match="older than"):
        taken(*late)
