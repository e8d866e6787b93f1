from __future__ import annotations

from pathlib import Path

from labctl import clock
from labctl.journal import Journal, Reader
from labctl.journal.standing import last_moment, last_sign
from tests.labctl.journal.writing import folder, volts, write


async def interrupted(journal: Journal) -> None:
    """An item that measures at 10 s; a resume that comes to nothing notes something at 50 s."""
    item = journal.item("1.1-90", {}, "p", "")
    await clock.sleep(10.0)
    attempt = journal.attempt(item, "read", 1)
    await journal.record(item, "voltage", [volts(1.0)], attempt)
    await clock.sleep(40.0)
    journal.fact(item, "bench", ["ohm", "0"])
    journal.event(item, "trip", "the door is open")


def test_what_a_failed_resume_notes_does_not_shorten_the_gap(tmp_path: Path) -> None:
    where = folder(tmp_path / "r1")
    write(where, interrupted)
    with Reader(where.journal) as reader:
        assert last_moment(reader)[0] == 50.0
        assert last_sign(reader) == 10.0
