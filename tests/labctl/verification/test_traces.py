from __future__ import annotations

import math
from pathlib import Path

from labctl.engine import execute
from labctl.journal.reader import Reader
from labctl.verification.traces import contradictions, points
from tests.labctl.bundle.traced import resolve
from tests.labctl.fakelab import request
from tests.labctl.verification.done import alter, done

TRACE = {
    "unit": "V",
    "address": "a",
    "serial": "s",
    "values": [1.0, math.nan],
    "t": [0.5, 0.6],
    "utc": [100.5, 100.6],
}


def test_readings_are_found_wherever_they_stand() -> None:
    assert list(points({"x": [1, {"deep": TRACE}], "y": "text"})) == [
        (("a", "s", "V"), 0.5, 100.5, 1.0)
    ]
    assert list(points([1.0, 2.0])) == [] and list(points({**TRACE, "values": 5})) == []


def test_a_run_as_it_was_has_none(tmp_path: Path) -> None:
    for run in (execute(request(tmp_path), resolve).path, done(tmp_path)):
        with Reader(run / "journal.db") as reader:
            assert contradictions(reader, 1) == []


def test_a_reading_that_was_altered_or_is_gone(tmp_path: Path) -> None:
    run = execute(request(tmp_path), resolve).path
    alter(
        run, "UPDATE readings SET t = t + 1 WHERE rowid = 2", "DELETE FROM readings WHERE rowid = 7"
    )
    with Reader(run / "journal.db") as reader:
        found = contradictions(reader, 1)
    assert len(found) == 2 and all("burst returned" in text for text in found)


def test_an_instrument_that_recorded_nothing_contradicts_nothing(tmp_path: Path) -> None:
    run = execute(request(tmp_path), resolve).path
    alter(run, "UPDATE channels SET serial = 'OTHER'")
    with Reader(run / "journal.db") as reader:
        assert contradictions(reader, 1) == []
