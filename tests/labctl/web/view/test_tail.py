from __future__ import annotations

from pathlib import Path

import pytest

from labctl.engine import execute
from labctl.errors import JournalError
from labctl.journal.reader import Reader
from labctl.web.view.tail import Tail
from tests.labctl.fakelab import FakeLab, measure, request


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    runs = tmp_path_factory.mktemp("runs")
    return execute(request(runs, items=2), lambda _: FakeLab().bound(measure)).path


def looked(path: Path) -> Tail:
    tail = Tail(path)
    while tail.look():
        pass
    return tail


def test_it_holds_what_the_journal_holds(run: Path) -> None:
    tail = looked(run)
    names = {(item, name) for item, name, _unit in tail.channels}
    assert names == {(n, c) for n in (1, 2) for c in ("burst/resistance", "soak/resistance")}
    channel = tail.channels[2, "soak/resistance", "ohm"]
    with Reader(run / "journal.db") as reader:
        readings = reader.readings(2, "soak/resistance")
    found = tail.window(channel, 0.0, 1e9, 10_000)
    assert found.t.tolist() == [one.t for one in readings]
    assert found.value.tolist() == [one.value for one in readings]
    assert tail.after(channel, int(found.row[-3]), 100).t.tolist() == found.t[-2:].tolist()


def test_a_second_look_reads_nothing(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tail = looked(run)
    counts = {key: one.envelope.count for key, one in tail.channels.items()}
    asked: list[str] = []
    rows = Reader.rows

    def counted(self: Reader, sql: str, *values: object):
        asked.append(sql)
        return rows(self, sql, *values)

    monkeypatch.setattr(Reader, "rows", counted)
    assert tail.look() is False and len(asked) == 1
    assert {key: one.envelope.count for key, one in tail.channels.items()} == counts


def test_a_folder_without_a_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(JournalError):
        Tail(tmp_path).look()
