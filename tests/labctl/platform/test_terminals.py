from __future__ import annotations

import signal
import sys
import threading

import pytest

from labctl.platform.terminals import HANGUP, listening, outliving_console

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows cannot send these signals to one process"
)


def test_ctrl_c_and_a_closed_terminal_are_told_apart() -> None:
    heard: list[str] = []
    before = signal.getsignal(signal.SIGINT)
    with listening(lambda: heard.append("interrupted"), lambda: heard.append("closed")):
        for number in (signal.SIGINT, signal.SIGTERM, *HANGUP):
            signal.raise_signal(number)
    assert heard == ["interrupted", "interrupted", "closed"]
    assert signal.getsignal(signal.SIGINT) == before


def test_what_was_told_to_outlive_its_terminal_does() -> None:
    before = signal.signal(HANGUP[0], signal.SIG_IGN)
    try:
        with listening(lambda: None, pytest.fail):
            signal.raise_signal(HANGUP[0])
    finally:
        signal.signal(HANGUP[0], before)


def test_a_thread_hears_no_signals_and_a_terminal_is_no_console() -> None:
    before = signal.getsignal(signal.SIGINT)

    def work() -> None:
        with listening(pytest.fail, pytest.fail), outliving_console(threading.Event()):
            assert signal.getsignal(signal.SIGINT) == before

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
