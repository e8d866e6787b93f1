"""Guarded runs and who watches them: aborts, closed terminals, two viewers, strangers."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Callable

import pytest

from labctl import clock
from labctl.asking.prompts import Answer
from labctl.control.client import Viewer, connect
from labctl.control.messages import (
    Answered,
    Asked,
    Board,
    Done,
    Ended,
    Follow,
    Give,
    Noticed,
    Refused,
    Reply,
    Safe,
    Status,
    Told,
    ToViewer,
    line_of,
)
from labctl.orders import Continue, Pause
from labctl.platform.processes import is_alive
from tests.runcheck import check_run
from tests.system.guarded import PATIENCE, Stand, took, wait

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows cannot send Ctrl-C to one process"
)

ABORT = 1.0 + 1.0
"""Seconds in which an aborted run has left its bench, or its guardian has made it safe."""

TEN = 10.0


def ended(on: Stand, process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=PATIENCE)
    wait(lambda: not is_alive(on.guardian().process))
    assert not on.is_on()
    assert check_run(on.folder()) == ()
    return process.returncode, out, err


@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_aborts_and_a_second_one_kills(on: Stand, times: int) -> None:
    process = on.run("05" if times == 2 else "02", "--json")
    on.energised()
    wait(lambda: times == 1 or on.record().items[0].steps[0].result is not None)
    begin = clock.stopwatch()
    process.send_signal(signal.SIGINT)
    if times == 2:
        # A second signal that comes with the first is one signal.
        clock.run(clock.sleep(0.2), virtual=False)
        process.send_signal(signal.SIGINT)
    wait(lambda: not on.is_on())
    seconds = clock.stopwatch() - begin
    print(f"{times} x Ctrl-C: safe after {seconds:.2f} s")
    assert seconds < TEN * ABORT
    code, out, _ = ended(on, process)
    assert code == 130 and json.loads(out)["verdicts"] == []
    assert on.record().state == "interrupted"


def test_what_does_not_end_when_aborted_is_killed(on: Stand) -> None:
    process = on.run("05")
    on.energised()
    wait(lambda: on.record().items[0].steps[0].result is not None)
    process.send_signal(signal.SIGINT)
    seconds = took(lambda: not on.is_on())
    print(f"deaf to its abort: safe after {seconds:.2f} s")
    assert seconds < TEN * ABORT
    code, _, err = ended(on, process)
    assert code == 130 and "did not end in time" in err


def test_a_closed_terminal_only_detaches(on: Stand) -> None:
    process = on.run("07", apart=True)
    assert sys.platform != "win32"
    on.energised()
    process.send_signal(signal.SIGHUP)
    assert process.wait(PATIENCE) == 130
    assert is_alive(on.worker()) and is_alive(on.guardian().process)
    watching = on.labctl("watch", on.folder().name, "--json")
    code, out, _ = ended(on, watching)
    assert code == 0 and json.loads(out)["verdicts"][0]["outcome"] == "PASS"


def test_a_run_may_be_left_to_itself(on: Stand) -> None:
    code, out, _ = ended_started(on.run("01", "--detach", "--json"))
    document = json.loads(out)
    assert code == 0 and document["verdicts"] == []
    code, out, _ = ended(on, on.labctl("watch", document["run"]))
    assert code == 0 and "PASS" in out and "report:" in out


def ended_started(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out, err


def test_a_bench_that_cannot_be_made_safe_is_not_used(on: Stand) -> None:
    text = on.bench.read_text(encoding="utf-8")
    wrong = on.where / "wrong.toml"
    wrong.write_text(text.replace("keithley.k2450", "keithley.k9999"), encoding="utf-8")
    process = on.labctl("run", "guard/99.1-01", "--bench", wrong, "--sample", "R-1", "--json")
    code, out, _ = ended_started(process)
    error = json.loads(out)["error"]
    assert code == 3 and error["kind"] == "bench" and "k9999" in error["message"]
    assert not list(on.runs.glob("*/journal.db"))


async def until(viewer: Viewer, wanted: Callable[[ToViewer], bool]) -> ToViewer:
    """The first message that is wanted."""
    while True:
        message = await viewer.next()
        if wanted(message):
            return message


def of(*kinds: type[ToViewer]) -> Callable[[ToViewer], bool]:
    return lambda message: isinstance(message, kinds)


def test_two_viewers_and_the_first_answer_counts(on: Stand) -> None:
    process = on.run("04")
    on.energised()

    async def both() -> list[ToViewer]:
        control = on.guardian()
        first, second = await connect(control, "Ann"), await connect(control, "Bob")
        for viewer in (first, second):
            viewer.say(Follow())
        found = await until(first, lambda m: isinstance(m, Board | Asked))
        while not isinstance(found, Asked) and not (isinstance(found, Board) and found.asked):
            found = await until(first, lambda m: isinstance(m, Board | Asked))
        asked = found if isinstance(found, Asked) else found.asked[0]
        assert isinstance(asked, Asked) and asked.prompt.name == "on/colour"
        first.say(Reply(asked.number, Answer("red", "Ann")))
        told = [await until(first, of(Done, Refused)), await until(second, of(Answered))]
        second.say(Reply(asked.number, Answer("blue", "Bob")))
        told.append(await until(second, of(Done, Refused)))
        end = await until(second, of(Ended))
        await first.close()
        await second.close()
        return [*told, end]

    done, answered, refused, end = clock.run(both(), virtual=False)
    assert isinstance(done, Done)
    assert isinstance(answered, Answered) and answered.answer.who == "Ann"
    assert refused == Refused("Ann has answered it already")
    assert isinstance(end, Ended) and end.safe
    assert ended(on, process)[0] == 0
    assert "red" in on.record().items[0].steps[1].result  # type: ignore[operator]


def test_strangers_are_refused_and_noise_is_survived(on: Stand) -> None:
    process = on.run("02")
    on.energised()
    address = ("127.0.0.1", on.guardian().port)
    for line in (
        b'{"type":"hello","token":"guessed","part":"viewer"}\n',
        b"\xff\xfe{}\n",
        b"x" * 99,
    ):
        with socket.create_connection(address, 20) as stranger:
            stranger.sendall(line)
            stranger.shutdown(socket.SHUT_WR)
            assert b"refused" in stranger.makefile("rb").read()

    async def known() -> tuple[ToViewer, ToViewer]:
        viewer = await connect(on.guardian(), "Ann")
        viewer._writer.write(b"no json at all\n" + line_of(Answered(1, Answer("a", "b"))))
        first, second = await viewer.next(), await viewer.next()
        assert isinstance(first, Refused) and isinstance(second, Refused)
        viewer.say(Status())
        board = await viewer.next()
        viewer.say(Safe("Ann"))
        done = await viewer.next()
        await viewer.close()
        return board, done

    board, done = clock.run(known(), virtual=False)
    assert isinstance(board, Board) and board.phase == "running" and board.worker == on.worker()
    assert isinstance(done, Done)
    seconds = took(lambda: not on.is_on())
    print(f"safe {seconds:.2f} s after the order")
    assert seconds < TEN * ABORT
    assert ended(on, process)[0] == 130


def test_a_paused_run_holds_its_bench_until_it_goes_on(on: Stand) -> None:
    process = on.run("07")
    on.energised()

    async def paused() -> None:
        viewer = await connect(on.guardian(), "Ann")
        viewer.say(Follow())
        viewer.say(Give(Pause("Ann")))
        held = await until(viewer, of(Noticed))
        assert isinstance(held, Noticed) and held.notice.kind == "hold"
        while on.is_on():
            await clock.sleep(0.05)
        viewer.say(Give(Continue("Ann")))
        await until(viewer, lambda m: isinstance(m, Told) and m.progress.state == "running")
        await viewer.close()

    clock.run(paused(), virtual=False)
    wait(on.is_on)
    code, out, err = ended(on, process)
    assert code == 0 and "PASS" in out and "paused by Ann" in err
