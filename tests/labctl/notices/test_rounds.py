from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import pytest

from labctl import clock
from labctl.desk import Notice
from labctl.notices.rounds import Rounds, due_dates
from labctl.rehearsing import Certificate
from labctl.requests import Progress

DAY = date(2026, 1, 1)


def test_a_short_disk_is_told_when_it_is_news(tmp_path: Path) -> None:
    told: list[Notice] = []
    rounds = Rounds(tmp_path, told.append, 1e9)
    for free in (5e9, 0.9e9, 0.8e9, 0.4e9, 5e9, 0.9e9):
        rounds.look(1e6, free, 0.5, DAY)
    assert [notice.kind for notice in told] == ["disk"] * 3


def test_a_calibration_is_told_before_and_after_its_end(tmp_path: Path) -> None:
    told: list[Notice] = []
    due = due_dates([Certificate("psu", due=date(2026, 1, 10)), Certificate("chuck")])
    rounds = Rounds(tmp_path, told.append, 0.0, due)
    for day in (1, 2, 10, 11, 12):
        rounds.look(0.0, 1.0, 0.5, date(2026, 1, day))
    assert [notice.kind for notice in told] == ["calibration"] * 2


def test_rounds_go_on_each_minute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "journal.db").write_bytes(bytes(1000))
    looks: list[tuple[float, float, float]] = []
    told: list[Notice] = []

    async def main() -> None:
        rounds = Rounds(tmp_path, told.append, 0.0)
        monkeypatch.setattr(
            rounds, "look", lambda size, free, done, day: looks.append((size, done, clock.now()))
        )
        progress = Progress("1.1-03", 1, 4, 0.5, "", 0.0)
        task = asyncio.create_task(rounds.go(lambda: progress))
        while len(looks) < 3:
            await clock.sleep(60.0)
        task.cancel()

    clock.run(main(), virtual=True)
    assert [look[:2] for look in looks] == [(1000.0, 0.375)] * 3
    assert looks[2][2] - looks[0][2] == pytest.approx(120.0)
