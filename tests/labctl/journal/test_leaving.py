"""How a bench was left, as the journal knows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl.journal import Journal, Reader
from labctl.journal.leaving import SAFE, UNKNOWN, how_left
from tests.labctl.journal.writing import folder, write

LAST = 5.0


def left(path: Path, *events: tuple[str, float, str], state: str = "running") -> str:
    """What is known of a run with these events (kind, run time in s, text)."""

    async def on_journal(journal: Journal) -> None:
        journal.meta("state", state)
        for kind, t, text in events:
            journal.stand_still((t, 1.7e9 + t))
            journal.event(None, kind, text)

    run = folder(path)
    write(run, on_journal)
    with Reader(run.journal) as reader:
        return how_left(reader, LAST)


def test_a_run_that_closed_itself_left_it_safe(tmp_path: Path) -> None:
    assert left(tmp_path, state="interrupted") == SAFE


def test_nobody_knows_of_a_killed_one(tmp_path: Path) -> None:
    assert left(tmp_path, ("hold", LAST, "gas")) == UNKNOWN


@pytest.mark.parametrize("kind", ["not safe", "rescue"])
def test_the_newest_word_counts_whoever_said_it(tmp_path: Path, kind: str) -> None:
    events = (("rescue", LAST, "first"), (kind, LAST, "meter at tcp://h:1: silent"))
    assert left(tmp_path, *events, state="interrupted") == f"{kind}: meter at tcp://h:1: silent"


def test_what_was_said_of_an_earlier_interruption_is_old(tmp_path: Path) -> None:
    assert left(tmp_path, ("rescue", 1.0, "safe: meter")) == UNKNOWN
