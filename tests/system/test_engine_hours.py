"""A thousand virtual hours with a reading a minute, journalled; figures are printed."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from statistics import median

from labctl import clock
from labctl.engine import execute
from labctl.evidence import Evidence
from labctl.journal import Journal, verify_chain
from labctl.run import Run
from labctl.runfile import open_run
from tests.labctl.fakelab import FakeLab, OhmRig, request
from tests.labctl.journal.writing import folder, volts, write

HOURS = 1000


async def thousand_hours(run: Run, rig: OhmRig) -> Evidence:
    async def minute(elapsed: float) -> None:
        await run.record("resistance", await rig.meter.read())

    await run.soak("hours", HOURS * 3600.0, 60.0, minute)
    return run.evidence({}, how="")


def test_a_thousand_virtual_hours(tmp_path: Path) -> None:
    lab = FakeLab()
    begin = clock.stopwatch()
    outcome = execute(request(tmp_path), lambda indicator: lab.bound(thousand_hours))
    seconds = clock.stopwatch() - begin
    print(f"{HOURS} virtual hours, a reading a minute: {seconds:.2f} s")
    record = open_run(outcome.path)
    readings = record.readings("1.1-90", "resistance")
    assert len(readings) == HOURS * 60 + 1
    begun = record.items[0].steps[0].begun
    late = [r.t - begun - 60.0 * index - 0.01 for index, r in enumerate(readings)]
    assert max(map(abs, late)) < 1e-6, "no drift"
    assert verify_chain(outcome.path / "journal.db").ok


def test_what_a_journalled_reading_and_a_step_cost(tmp_path: Path) -> None:
    readings, steps = 50_000, 100
    per_reading: list[float] = []
    per_step: list[float] = []

    async def work(journal: Journal) -> None:
        item = journal.item("x", {}, "", "")
        begin = clock.stopwatch()
        for index in range(readings):
            await journal.record(item, "c", [volts(float(index))], None)
        await journal.flush()
        per_reading.append((clock.stopwatch() - begin) / readings)
        for index in range(steps):
            begin = clock.stopwatch()
            await journal.finish(journal.attempt(item, f"s{index}", 1), "1.0")
            per_step.append(clock.stopwatch() - begin)

    link = write(folder(tmp_path / "run"), work)
    step, bare = median(per_step), median(_bare_commits(tmp_path / "bare.db", steps))
    print(f"a journalled reading: {per_reading[0] * 1e6:.1f} us")
    print(f"a durable step: {step * 1e6:.0f} us, {step / bare:.2f} x a bare commit")
    assert link.tx >= steps + readings // 1000


def _bare_commits(path: Path, count: int) -> list[float]:
    """Seconds of each of `count` commits of one row by SQLite alone."""
    seconds: list[float] = []
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE steps (result TEXT, t REAL)")
    for _ in range(count):
        begin = clock.stopwatch()
        connection.execute("BEGIN")
        connection.execute("INSERT INTO steps VALUES ('1.0', 0.0)")
        connection.execute("COMMIT")
        seconds.append(clock.stopwatch() - begin)
    connection.close()
    return seconds
