"""The journal beside bare sqlite3 on the same disk, in one run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from labctl import clock
from labctl.catalogue import load
from labctl.evidence import Accuracy, Reading
from labctl.item import Item
from labctl.journal.writer import BATCH, Journal
from labctl.sample import Sample
from labctl.steps import Snapshot, Steps, no_snapshot
from labctl.truth import sample_request
from rigs.opening import open_bench
from rigs.photovoltaic import PhotovoltaicRig
from tests.benchmarks import bare_sqlite
from tests.benchmarks.figures import FIGURES, Figure

STEPS = 300
READINGS = 200_000
RUNS = 7
SHEET = Accuracy("DCV", 2.0, "V", 1.2e-4, 3e-5, "manual, table 3", 1e-6, 2e-6)
WANTED_RATE = 300_000
"""Readings a second into the journal."""


def in_turn(
    ours: Callable[[Path], float], floor: Callable[[Path], float], folder: Path
) -> tuple[float, float]:
    """Medians in s of both, measured in turn; each goes first every other time.

    A first pair, on a cold disk, is not counted.
    """
    taken: list[float] = []
    least: list[float] = []
    sides = [(ours, taken, "ours"), (floor, least, "bare")]
    for index in range(RUNS + 1):
        for measure, seconds, name in sides:
            seconds.append(measure(folder / f"{name}-{index}.db"))
        sides.reverse()
    return statistics.median(taken[1:]), statistics.median(least[1:])


async def commit_steps(journal: Journal, snapshot: Snapshot = no_snapshot) -> float:
    """Seconds of steps with nothing in them; `snapshot` is kept with each."""
    number = journal.item("1.1-03", {}, "procedures.x", "")
    item = Item(number, "1.1-03", "measured", Sample("S-1", "cell"), 1)
    steps = Steps(journal, item, snapshot)

    async def nothing() -> list[float]:
        return [1.5, 2.5]

    await journal.flush()
    began = time.perf_counter()
    for index in range(STEPS):
        await steps.once(f"step-{index}", nothing, list[float])
    return time.perf_counter() - began


async def commit_with_snapshots(journal: Journal) -> float:
    """The same on the simulated photovoltaic bench, which is kept with every step."""
    sample = sample_request(load().get("1.1-03"), "nominal")
    bench = await open_bench(None, rig=PhotovoltaicRig, sample=sample, seed=1)
    try:
        return await commit_steps(journal, bench.snapshot)
    finally:
        await bench.close()


async def record(journal: Journal, readings: list[Reading]) -> float:
    """Seconds of recording one reading after the other, to the last one's being on the disk."""
    await journal.flush()
    began = time.perf_counter()
    for reading in readings:
        await journal.record(1, "sweep/voltage", (reading,), 1)
    await journal.flush()
    return time.perf_counter() - began


def journalled(path: Path, work: Callable[[Journal], object], *, virtual: bool) -> float:
    """What `work` says of a journal in real or virtual time."""
    journal = Journal(path, path.parent / "attachments", virtual=virtual)
    try:
        return clock.run(work(journal), virtual=virtual)  # type: ignore[arg-type]
    finally:
        journal.close()


@pytest.mark.parametrize("virtual", [False, True], ids=["real", "virtual"])
def test_committed_step(virtual: bool, tmp_path: Path) -> None:
    ours, floor = in_turn(
        lambda path: journalled(path, commit_steps, virtual=virtual),
        lambda path: bare_sqlite.steps(path, STEPS),
        tmp_path,
    )
    name = f"a committed step, {'virtual' if virtual else 'real'} time / sqlite3"
    FIGURES.append(Figure(name, 1e6 * ours / STEPS, 1e6 * floor / STEPS, "us", RUNS, 2.0))
    assert ours > 0


def test_committed_step_with_a_snapshot(tmp_path: Path) -> None:
    ours, floor = in_turn(
        lambda path: journalled(path, commit_with_snapshots, virtual=True),
        lambda path: bare_sqlite.steps(path, STEPS),
        tmp_path,
    )
    name = "  with the simulated bench's snapshot"
    FIGURES.append(Figure(name, 1e6 * ours / STEPS, 1e6 * floor / STEPS, "us", RUNS, 2.0))
    assert ours > 0


@pytest.mark.parametrize("virtual", [False, True], ids=["real", "virtual"])
def test_batched_readings(virtual: bool, tmp_path: Path) -> None:
    readings = [
        Reading(1e-3 * index, "V", 0.5 * index, 1e9 + index, "fake://a", "SIM-1", SHEET)
        for index in range(READINGS)
    ]
    rows = [(1, one.t, one.utc, one.value, 1, 1) for one in readings]
    ours, floor = in_turn(
        lambda path: journalled(path, lambda it: record(it, readings), virtual=virtual),
        lambda path: bare_sqlite.readings(path, rows, BATCH),
        tmp_path,
    )
    name = f"a batched reading, {'virtual' if virtual else 'real'} time / sqlite3"
    each = 1e6 / READINGS
    FIGURES.append(Figure(name, each * ours, each * floor, "us", RUNS, 3.0))
    rates = (READINGS / ours / 1e3, READINGS / floor / 1e3)
    FIGURES.append(Figure("  readings a second", *rates, "1,000/s", RUNS, WANTED_RATE / 1e3))
    assert ours > 0
