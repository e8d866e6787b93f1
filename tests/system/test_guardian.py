"""Guarded runs end to end: whatever happens to the worker or the guardian, the bench is safe.

Figures with a deadline are asserted at ten times it, and printed as measured.
"""

from __future__ import annotations

import json
import os
import signal
import sys

import pytest

from labctl import clock
from labctl.journal import verify_chain
from labctl.journal.reader import Reader
from labctl.platform.processes import is_alive, kill
from tests.runcheck import check_run
from tests.system.guarded import PATIENCE, Stand, took, wait

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows cannot stop, or send Ctrl-C to, one process"
)

SAFE = 1.0
"""Seconds from the worker's end to the safe state, of an instrument that answers."""

REPLACED = 5.0
"""Seconds after which a lost guardian has been replaced."""

HANG = 4.0
"""Seconds after which three missed beats of 1 s have been noticed."""

TEN = 10.0


def ended(on: Stand, process: object) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=PATIENCE)  # type: ignore[attr-defined]
    assert not on.is_on()
    folder = on.folder()
    assert check_run(folder) == ()
    assert verify_chain(folder / "journal.db").ok
    wait(lambda: not is_alive(on.guardian().process))
    return process.returncode, out, err  # type: ignore[attr-defined]


def events(on: Stand) -> dict[str, str]:
    with Reader(on.folder() / "journal.db") as reader:
        return {kind: text for _, _, kind, text in reader.events(None)}


def test_a_run_ends_as_it_does_without_a_guardian(on: Stand) -> None:
    process = on.run("01", "--json")
    code, out, _ = ended(on, process)
    document = json.loads(out)
    assert code == 0 and set(document) == {"run", "path", "verdicts"}
    [verdict] = document["verdicts"]
    assert verdict["outcome"] == "PASS" and verdict["value"] == pytest.approx(1000, rel=0.01)
    assert (on.folder() / "report.html").is_file()
    assert (on.folder() / "control.json").stat().st_mode & 0o077 == 0


def test_a_killed_worker_leaves_its_bench_safe(on: Stand) -> None:
    process = on.run("02")
    on.energised()
    kill(on.worker())
    seconds = took(lambda: not on.is_on())
    print(f"safe {seconds:.2f} s after kill -9")
    assert seconds < TEN * SAFE
    code, _, err = ended(on, process)
    assert code == 130 and "killed by signal 9" in err
    assert "safe: source_meter" in events(on)["rescue"] and "killed" in events(on)["worker"]
    assert on.record().state == "interrupted"


def test_a_hung_worker_is_killed_and_its_bench_made_safe(on: Stand) -> None:
    process = on.run("03")
    on.energised()
    begin = clock.stopwatch()
    wait(lambda: not on.is_on())
    seconds = clock.stopwatch() - begin
    print(f"safe {seconds:.2f} s after the last beat")
    assert seconds < TEN * (HANG + SAFE)
    code, _, _ = ended(on, process)
    assert code == 130 and "3 beats were missed" in events(on)["worker"]


@pytest.mark.parametrize("how", ["killed", "stopped"])
def test_a_lost_guardian_is_replaced_and_the_run_goes_on(on: Stand, how: str) -> None:
    process = on.run("06")
    on.energised()
    assert sys.platform != "win32"
    lost = on.guardian().process
    os.kill(lost.pid, signal.SIGKILL if how == "killed" else signal.SIGSTOP)
    seconds = took(lambda: on.guardian().process != lost)
    print(f"{how}: replaced after {seconds:.2f} s")
    assert seconds < TEN * REPLACED and not is_alive(lost)
    code, out, _ = ended(on, process)
    assert code == 0 and "PASS" in out
    assert str(lost.pid) in events(on)["guardian"]


def test_the_new_guardian_guards(on: Stand) -> None:
    process = on.run("02")
    on.energised()
    lost = on.guardian().process
    kill(lost)
    wait(lambda: on.guardian().process != lost)
    kill(on.worker())
    seconds = took(lambda: not on.is_on())
    print(f"safe {seconds:.2f} s after kill -9 of guardian and worker")
    assert seconds < TEN * SAFE
    assert ended(on, process)[0] == 130
    assert "ended" in events(on)["worker"]


def test_a_killed_run_is_resumed_under_a_guardian(on: Stand) -> None:
    process = on.run("07")
    on.energised()
    kill(on.worker())
    assert ended(on, process)[0] == 130
    again = on.labctl("resume", on.folder().name, "--json")
    code, out, err = ended(on, again)
    assert code == 0, out + err
    [verdict] = json.loads(out)["verdicts"]
    assert verdict["outcome"] == "PASS"
    assert {step.name for step in on.record().items[0].steps} == {"on/hold"}
