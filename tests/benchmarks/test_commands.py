"""What the commands take that a person waits for, from a cold start."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks.figures import FIGURES, beside

BARE = "import asyncio"
"""The floor of every program with an event loop."""


@pytest.mark.parametrize(
    ("arguments", "runs", "milliseconds", "mebibytes"),
    [
        (["--help"], 7, 150.0, 30.0),
        (["indicators", "5.2"], 7, 500.0, None),
        (["demo"], 1, 30_000.0, None),
    ],
    ids=["help", "indicators", "demo"],
)
def test_command(
    arguments: list[str],
    runs: int,
    milliseconds: float,
    mebibytes: float | None,
    tmp_path: Path,
) -> None:
    time, memory = beside(arguments, BARE, tmp_path, runs=runs)
    FIGURES.append(replace(time, wanted=milliseconds))
    FIGURES.append(replace(memory, wanted=mebibytes))
    assert time.value > 0 and time.floor > 0
