from __future__ import annotations

import threading
from pathlib import Path

import pytest

from labctl import clock
from labctl.cli.watching import standing, watch_journal
from labctl.engine import execute
from labctl.evidence import Evidence
from labctl.journal.reader import Reader
from labctl.run import Run
from tests.labctl.fakelab import FakeLab, OhmRig, measure, request


def test_a_run_in_another_process_is_followed_by_its_journal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begun, end = threading.Event(), threading.Event()

    async def slowly(run: Run, rig: OhmRig) -> Evidence:
        async def wait() -> None:
            await run.record("resistance", await rig.meter.read())
            await clock.sleep(0.5)
            begun.set()
            while not end.is_set():
                await clock.sleep(0.01)

        await run.step("wait", wait, type(None))
        raise AssertionError

    work = threading.Thread(
        target=execute,
        args=(request(tmp_path, virtual=False), lambda _: FakeLab().bound(slowly)),
    )
    work.start()
    assert begun.wait(20.0)
    [path] = tmp_path.glob("*/manifest.json")
    with Reader(path.parent / "journal.db") as reader:
        now = standing(reader)
    assert now is not None
    assert now.line() == "[1] 1.1-90  wait  resistance 120 ohm"
    timer = threading.Timer(1.0, end.set)
    timer.start()
    code = watch_journal(path.parent, as_json=False)
    work.join(20.0)
    timer.join()
    out, err = capsys.readouterr()
    assert code == 4 and "AssertionError" in out and "resistance 120 ohm" in err


def test_a_run_that_is_over_is_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = execute(request(tmp_path), lambda _: FakeLab().bound(measure))
    assert watch_journal(outcome.path, as_json=False) == 0
    assert "PASS" in capsys.readouterr().out
