"""Small journals for tests.

`python -m tests.labctl.journal.writing` writes the golden journal of the present schema version.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from labctl import clock
from labctl.evidence import Accuracy, Attachment, Identity, Instrument, Reading
from labctl.journal import Journal
from labctl.journal.batch import World
from labctl.journal.chain import Link
from labctl.journal.rows import AmendmentRow, AnswerRow
from labctl.journal.schema import SCHEMA_VERSION
from labctl.runfolder import RunFolder

SHEET = Accuracy("DCV", 2.0, "V", 1.2e-4, 3e-5, "manual, table 3", 1e-6, 2e-6)
METER = Instrument("meter", "fake.r1", "fake://a", Identity("Fake", "R1", "SIM-1", "1.0"))


def folder(path: Path) -> RunFolder:
    """An empty run folder."""
    made = RunFolder(path)
    made.attachments.mkdir(parents=True)
    return made


def volts(value: float, serial: str = "SIM-1") -> Reading:
    return Reading(value, "V", *clock.stamp(), "fake://a", serial, SHEET)


def write(
    where: RunFolder,
    work: Callable[[Journal], Awaitable[None]],
    *,
    virtual: bool = True,
    run: str = "r1",
    depth: int = 16,
) -> Link:
    """Write a journal by `work` on a fresh loop; returns where its chain stands."""
    journal = Journal(where.journal, where.attachments, virtual=virtual, depth=depth)
    try:
        journal.identity("run", run)
        clock.run(_as_coroutine(work, journal), virtual=virtual)
    finally:
        link = journal.close()
    return link


async def _as_coroutine(work: Callable[[Journal], Awaitable[None]], journal: Journal) -> None:
    await work(journal)


async def one_of_everything(journal: Journal) -> None:
    """Rows in every table, over several transactions."""
    journal.meta("seed", 7)
    journal.bench("ab" * 32, "bench", 'name = "bench"\n')
    item = journal.item("1.1-03", {"id": "1.1-03"}, "procedures.x", "cd" * 32)
    journal.instruments(item, [METER])
    journal.fact(item, "sample", {"id": "S-1"})
    attempt = journal.attempt(item, "sweep", 1)
    for index in range(25):
        await journal.record(item, "sweep/voltage", [volts(0.1 * index)], attempt)
        await clock.sleep(1.0)
    await journal.finish(attempt, "[1.5,null]", World(item, b"state"))
    soak = journal.attempt(item, "soak", 1)
    await journal.advance(soak, 10.0, '{"begin":0.0,"points":2,"results":[]}')
    journal.gap(item, 60.0, "safe", exposed=True)
    asked = journal.attempt(item, "width", 1)
    t, utc = clock.stamp()
    journal.answered(
        AnswerRow(
            item,
            asked,
            "width",
            "number",
            "{}",
            "1.5",
            "mm",
            "1.5 mm",
            "Ann",
            "",
            "person",
            t,
            utc,
            t,
            utc,
        )
    )
    await journal.finish(asked, "1.5")
    journal.amended(
        AmendmentRow(item, "amend", "width", asked, "1.6", "1.6", "misread", "Bob", t, 1.0)
    )
    journal.attempt(item, "abandoned", 1)
    journal.event(item, "late", "3 points")
    await journal.record(
        item, "free", [Reading(3.0, "cyc", *clock.stamp(), "fake://b", "SIM-2")], None
    )
    attachment = Attachment(
        "a.txt", "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae", "text/plain", 3
    )
    await journal.attach(item, attachment, b"foo")
    journal.fact(item, "verdict", {"outcome": "PASS"})


def golden(versions: Path) -> Path:
    """The journal of the present schema version, in the folder `versions`."""
    with tempfile.TemporaryDirectory() as name:
        where = folder(Path(name) / "run")
        write(where, one_of_everything)
        return Path(shutil.copyfile(where.journal, versions / f"{SCHEMA_VERSION}.db"))


if __name__ == "__main__":
    print(golden(Path(__file__).parent / "versions"))
