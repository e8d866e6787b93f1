"""Figures of a benchmark run: each beside a floor that was measured in the same run."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """A median of `runs` runs and its floor, in `unit`; `wanted` is the target, None without one.

    The floor is the least that could be asked: a bare interpreter with asyncio, a bare loop.
    """

    name: str
    value: float
    floor: float
    unit: str
    runs: int
    wanted: float | None = None

    @property
    def ratio(self) -> float:
        """How many times the floor."""
        return self.value / self.floor if self.floor else float("nan")


FIGURES: list[Figure] = []
"""Every figure of this session, in the order of measuring; printed at its end."""


def table(figures: Iterable[Figure]) -> list[str]:
    """The figures as lines of a table."""
    lines = [f"{'figure':<44}{'value':>10}{'floor':>10}{'ratio':>8}{'wanted':>9}  unit"]
    for figure in figures:
        wanted = "" if figure.wanted is None else f"{figure.wanted:g}"
        lines.append(
            f"{figure.name:<44}{figure.value:>10.3g}{figure.floor:>10.3g}"
            f"{figure.ratio:>8.2f}{wanted:>9}  {figure.unit}"
        )
    return lines


def as_json(figures: Iterable[Figure]) -> str:
    """The figures as one line of JSON."""
    return json.dumps([{**asdict(figure), "ratio": figure.ratio} for figure in figures])


PEAK = """
import sys
try:
    {code}
finally:
    try:
        with open("/proc/self/status", encoding="utf-8") as status:
            peak = next(line.split()[1] for line in status if line.startswith("VmHWM"))
    except OSError:
        peak = "0"
    with open("peak.txt", "w", encoding="utf-8") as file:
        file.write(peak)
"""
"""A program that runs `code` and writes its own peak resident memory in KiB, 0 where the system
does not tell. What a parent is told of a child (ru_maxrss) counts the parent's memory too."""

LABCTL = "import runpy; runpy.run_module('labctl', run_name='__main__')"


def seconds(arguments: list[str], folder: Path) -> float:
    """Wall time in s of Python with `arguments`, run in `folder` to its end.

    An exit code above 2 is an error.
    """
    began = time.perf_counter()
    done = _run(arguments, folder)
    took = time.perf_counter() - began
    assert done.returncode in (0, 1, 2), done.stderr
    return took


def mebibytes(code: str, arguments: list[str], folder: Path) -> float:
    """Peak resident memory in MiB of a program that runs `code`; 0 where it is not known."""
    done = _run(["-c", PEAK.format(code=code), *arguments], folder)
    assert done.returncode in (0, 1, 2), done.stderr
    return int((folder / "peak.txt").read_text(encoding="utf-8")) / 2**10


def _run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "LABCTL_RUNS": str(folder / "runs")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def beside(arguments: list[str], floor: str, folder: Path, *, runs: int) -> tuple[Figure, Figure]:
    """Time and memory of `labctl` beside those of the code `floor`, the two run in turn."""
    ours, bare = zip(
        *(
            (seconds(["-m", "labctl", *arguments], folder), seconds(["-c", floor], folder))
            for _ in range(runs)
        ),
        strict=True,
    )
    name = f"labctl {' '.join(arguments)}"
    taken, least = 1e3 * statistics.median(ours), 1e3 * statistics.median(bare)
    return (
        Figure(f"{name}: time", taken, least, "ms", runs),
        Figure(
            f"{name}: memory",
            mebibytes(LABCTL, arguments, folder),
            mebibytes(floor, [], folder),
            "MiB",
            1,
        ),
    )
