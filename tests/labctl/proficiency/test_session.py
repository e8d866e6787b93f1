"""What is on record and fresh is not tried again."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from labctl.catalogue import load
from labctl.proficiency import session
from labctl.proficiency.code import Code
from labctl.proficiency.pool import Workers
from labctl.proficiency.proving import Asked
from labctl.proficiency.record import FILE, read
from labctl.proficiency.session import Session
from tests.labctl.proficiency.synthetic import Quick, resistance

GROUP = [load().get("1.1-03")]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The record of the session, whose devices are measured by the synthetic laboratory."""
    quick = Quick(lambda read, mc: resistance(read, mc) / 5.0)

    @contextmanager
    def processes() -> Generator[Workers]:
        yield quick

    monkeypatch.setattr(session, "processes", processes)
    monkeypatch.setattr(session, "record_path", lambda lab: tmp_path / FILE)
    return tmp_path / FILE


def tell(done: int, count: int) -> None:
    """Counts the devices that were measured."""
    COUNTED.append(done)


COUNTED: list[int] = []


def test_a_fresh_entry_is_left_and_pooled(path: Path) -> None:
    COUNTED.clear()
    first = Session(Asked(4, None, again=False), record=True)
    proved = first.prove(GROUP, tell)
    assert set(read(path).results) == {"1.1-03"}
    assert len(COUNTED) == 10
    second = Session(Asked(4, None, again=False), record=True)
    assert second.prove(GROUP, tell).seed == proved.seed
    assert len(COUNTED) == 10
    assert second.pooled() == first.pooled()


def test_more_draws_than_are_on_record_are_made(path: Path) -> None:
    Session(Asked(2, None, again=False), record=True).prove(GROUP, tell)
    Session(Asked(4, None, again=False), record=True).prove(GROUP, tell)
    assert read(path).results["1.1-03"].draws == 4


def test_a_stale_entry_is_made_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Session(Asked(2, None, again=False), record=True).prove(GROUP, tell)
    path.write_text(path.read_text(encoding="utf-8").replace('method = "', 'method = "0'), "utf-8")
    assert read(path).fresh() == {}
    Session(Asked(2, None, again=False), record=True).prove(GROUP, tell)
    assert set(read(path).fresh()) == {"1.1-03"}
    assert Code("labctl.series") == read(path).code["tests.synthetic"].modules


def test_without_record_nothing_is_written(path: Path) -> None:
    Session(Asked(2, 5, again=False), record=False).prove(GROUP, tell)
    assert not path.exists()
