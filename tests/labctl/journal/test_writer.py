from __future__ import annotations

import asyncio
import math
import sqlite3
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl import clock
from labctl.errors import JournalError
from labctl.evidence import Reading
from labctl.journal import Journal, Reader, dump, verify_chain
from labctl.journal.writer import BATCH
from tests.labctl.journal.writing import METER, SHEET, folder, one_of_everything, volts, write


def test_everything_comes_back(tmp_path: Path) -> None:
    where = folder(tmp_path / "run")
    write(where, one_of_everything)
    with Reader(where.journal) as reader:
        assert reader.identity() == {"run": "r1"}
        assert reader.meta() == {"seed": 7}
        assert reader.items() == [(1, "1.1-03", '{"id":"1.1-03"}', "procedures.x", "cd" * 32)]
        assert reader.instruments(1) == (METER,)
        assert reader.fact(1, "sample", dict[str, str]) == {"id": "S-1"}
        assert reader.fact(1, "evidence", dict[str, str]) is None
        assert reader.channels(1) == ("sweep/voltage", "free")
        readings = reader.readings(1, "sweep/voltage")
        assert [r.value for r in readings] == [0.1 * index for index in range(25)]
        assert [r.t for r in readings] == [float(index) for index in range(25)]
        assert {r.accuracy for r in readings} == {SHEET}
        assert reader.readings(1, "free")[0].accuracy is None
        assert reader.steps(1) == [
            ("sweep", 1, "[1.5,null]", 0.0, 25.0),
            ("soak", 1, None, 25.0, None),
            ("width", 1, "1.5", 25.0, 25.0),
            ("abandoned", 1, None, 25.0, None),
        ]
        assert reader.events(1) == [(25.0, clock.VIRTUAL_EPOCH + 25.0, "late", "3 points")]
        assert [a.name for a in reader.attachments(1)] == ["a.txt"]
    assert [file.read_bytes() for file in where.attachments.iterdir()] == [b"foo"]


def test_a_finished_journal_is_one_file(tmp_path: Path) -> None:
    where = folder(tmp_path)
    write(where, one_of_everything)
    with Reader(where.journal):
        assert [p.name for p in where.path.iterdir() if p.name.startswith("journal")] == [
            "journal.db"
        ]


@given(
    st.lists(st.floats() | st.sampled_from([0.0, -0.0, 1e300, 5e-324, 2.0**53, -7.0]), max_size=40)
)
def test_any_float_comes_back_and_the_chain_holds(
    tmp_path_factory: pytest.TempPathFactory, values: list[float]
) -> None:
    where = folder(tmp_path_factory.mktemp("floats") / "run")

    async def work(journal: Journal) -> None:
        item = journal.item("x", {}, "", "")
        await journal.record(item, "c", [volts(value) for value in values], None)

    write(where, work)
    with Reader(where.journal) as reader:
        back = [reading.value for reading in reader.readings(1, "c")]
    assert all(
        a == b or (math.isnan(a) and math.isnan(b)) for a, b in zip(back, values, strict=True)
    )
    assert verify_chain(where.journal).ok


def test_text_that_is_no_utf8_is_kept_escaped(tmp_path: Path) -> None:
    where = folder(tmp_path)

    async def work(journal: Journal) -> None:
        journal.event(None, "garbage", b"\xff\x00ok".decode("utf-8", "surrogateescape"))

    write(where, work)
    with Reader(where.journal) as reader:
        assert reader.events(None)[0][3] == "\\udcff\x00ok"
    assert verify_chain(where.journal).ok


def test_virtual_batches_are_cut_by_count(tmp_path: Path) -> None:
    where = folder(tmp_path)

    async def work(journal: Journal) -> None:
        item = journal.item("x", {}, "", "")
        for index in range(2 * BATCH + 5):
            await journal.record(item, "c", [volts(float(index))], None)

    assert write(where, work).tx == 3


def test_real_time_batches_are_cut_by_time(tmp_path: Path) -> None:
    where = folder(tmp_path)
    seen: list[int] = []

    async def work(journal: Journal) -> None:
        item = journal.item("x", {}, "", "")
        await journal.record(item, "c", [volts(1.0)], None)
        for _ in range(200):
            await clock.sleep(0.05)
            with Reader(where.journal) as reader:
                seen.append(len(reader.readings(item, "c")))
            if seen[-1]:
                return

    write(where, work, virtual=False)
    assert seen[0] == 0
    assert seen[-1] == 1


def test_a_finished_step_is_on_the_disk(tmp_path: Path) -> None:
    where = folder(tmp_path)

    async def work(journal: Journal) -> None:
        item = journal.item("x", {}, "", "")
        await journal.finish(journal.attempt(item, "s", 1), "1")
        with Reader(where.journal) as reader:
            assert [step[2] for step in reader.steps(item)] == ["1"]

    write(where, work)


@pytest.mark.parametrize("virtual", [True, False])
def test_a_full_queue_makes_the_run_wait_and_drops_nothing(tmp_path: Path, virtual: bool) -> None:
    where = folder(tmp_path)
    count = 12 * BATCH
    done: list[int] = []

    def let_go(blocker: sqlite3.Connection) -> None:
        released.wait(20)
        done.append(len(done))
        blocker.execute("ROLLBACK")
        blocker.close()

    released = threading.Event()

    async def work(journal: Journal) -> None:
        item = journal.item("x", {}, "", "")
        await journal.flush()
        blocker = sqlite3.connect(where.journal, isolation_level=None, check_same_thread=False)
        blocker.execute("BEGIN IMMEDIATE")
        threading.Thread(target=let_go, args=(blocker,)).start()
        timer = threading.Timer(0.3, released.set)
        timer.start()
        for index in range(count):
            await journal.record(item, "c", [volts(float(index))], None)
        assert released.is_set(), "the run went on while nothing could be written"
        timer.join()

    write(where, work, virtual=virtual, depth=2)
    with Reader(where.journal) as reader:
        values = [reading.value for reading in reader.readings(1, "c")]
    assert values == [float(index) for index in range(count)]


@pytest.mark.parametrize("virtual", [True, False])
def test_a_writer_that_fails_surfaces_in_the_run(tmp_path: Path, virtual: bool) -> None:
    where = folder(tmp_path)

    async def work(journal: Journal) -> None:
        item = journal.item("x", {}, "", "")
        await journal.record(item, "c", [volts(1.0)], None)
        await journal.flush()
        full = sqlite3.connect(where.journal, isolation_level=None)
        full.execute("DROP TABLE readings")  # stands for a disk that refuses to be written
        full.close()
        await journal.record(item, "c", [volts(2.0)], None)
        with pytest.raises(JournalError, match="cannot be written"):
            await journal.flush()
        with pytest.raises(JournalError):
            await journal.record(item, "c", [volts(3.0)], None)

    with pytest.raises(JournalError):
        write(where, work, virtual=virtual)
    with Reader(where.journal) as reader:
        assert reader.items(), "what was committed before is whole"


def test_a_full_disk_keeps_what_was_committed(tmp_path: Path) -> None:
    where = folder(tmp_path)
    journal = Journal(where.journal, where.attachments, virtual=True)

    async def work() -> None:
        item = journal.item("x", {}, "", "")
        await journal.record(item, "c", [volts(1.0)], None)
        await journal.flush()
        pages = journal._committer._connection.execute("PRAGMA page_count").fetchone()[0]
        journal._committer._connection.execute(f"PRAGMA max_page_count = {pages}")
        for index in range(20 * BATCH):
            await journal.record(item, "c", [volts(float(index))], None)
        await journal.flush()

    with pytest.raises(JournalError, match="full"):
        clock.run(work(), virtual=True)
    with pytest.raises(JournalError):
        journal.close()
    assert verify_chain(where.journal).ok
    with Reader(where.journal) as reader:
        assert len(reader.readings(1, "c")) >= 1


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="cannot be made") as caught:
        Journal(tmp_path / "missing" / "journal.db", tmp_path, virtual=True)
    assert "--runs" in caught.value.remedy


def test_a_network_file_system_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("labctl.journal.writer.network_file_system", lambda folder: "nfs4")
    with pytest.raises(JournalError, match="nfs4"):
        Journal(tmp_path / "journal.db", tmp_path, virtual=True)


def test_another_runs_journal_is_never_written_into(tmp_path: Path) -> None:
    where = folder(tmp_path)
    write(where, one_of_everything)
    with pytest.raises(JournalError, match="already"):
        Journal(where.journal, where.attachments, virtual=True)


def test_two_tasks_keep_their_order(tmp_path: Path) -> None:
    where = folder(tmp_path)

    async def task(journal: Journal, name: str) -> None:
        for index in range(2 * BATCH):
            await journal.record(1, name, [Reading(index, "V", *clock.stamp(), "a", "b")], None)
            await asyncio.sleep(0)

    async def work(journal: Journal) -> None:
        journal.item("x", {}, "", "")
        await asyncio.gather(task(journal, "a"), task(journal, "b"))

    write(where, work, virtual=False)
    with Reader(where.journal) as reader:
        for name in ("a", "b"):
            assert [r.value for r in reader.readings(1, name)] == list(range(2 * BATCH))


def test_the_same_work_gives_the_same_dump(tmp_path: Path) -> None:
    first, second = folder(tmp_path / "a"), folder(tmp_path / "b")
    one = write(first, one_of_everything, run="run-1")
    two = write(second, one_of_everything, run="run-2")
    assert one.content == two.content
    assert one.head != two.head
    assert dump(first.journal) == dump(second.journal)
    assert "run-1" not in dump(first.journal)
