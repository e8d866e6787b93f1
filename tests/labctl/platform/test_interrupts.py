from __future__ import annotations

import signal
import sys
import threading

import pytest

from labctl.platform.interrupts import Interrupts, interrupts
from labctl.platform.terminals import HANGUP


def spin() -> None:
    """Compute until something breaks it off."""
    count = 0
    while count >= 0:
        count += 1


def test_the_first_signal_cancels_and_the_second_breaks() -> None:
    calls: list[int] = []
    with interrupts() as stop:
        stop.on_ask(lambda: calls.append(1))
        signal.raise_signal(signal.SIGINT)
        assert stop.asked
        assert calls == [1]
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_who_asked_before_is_cancelled_at_once() -> None:
    calls: list[int] = []
    with interrupts() as stop:
        signal.raise_signal(signal.SIGTERM)
        stop.on_ask(lambda: calls.append(1))
        assert calls == [1]


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal can be sent there")
def test_a_closed_terminal_interrupts_unless_it_was_to_be_outlived() -> None:
    with interrupts() as stop:
        signal.raise_signal(HANGUP[0])
        assert stop.asked
        stop.taken()
    before = signal.signal(HANGUP[0], signal.SIG_IGN)
    try:
        with interrupts() as stop:
            signal.raise_signal(HANGUP[0])
            assert not stop.asked
    finally:
        signal.signal(HANGUP[0], before)


def test_what_does_not_let_the_loop_breathe_is_broken_off() -> None:
    with interrupts() as stop:
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            spin()
        assert stop.asked


def test_once_taken_one_more_signal_is_ignored() -> None:
    with interrupts() as stop:
        signal.raise_signal(signal.SIGINT)
        stop.taken()
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_a_hurried_closing_that_never_ends_is_broken_off() -> None:
    with interrupts() as stop:
        signal.raise_signal(signal.SIGINT)
        stop.taken(hurried=True)
        with pytest.raises(KeyboardInterrupt):
            spin()


def test_a_closing_of_a_real_bench_is_given_its_time() -> None:
    stop = Interrupts()
    stop.handle(signal.SIGINT, None)
    stop.taken()
    watch = threading.Thread(target=stop.watch)
    watch.start()
    watch.join(timeout=60)
    assert not watch.is_alive()  # it returned without breaking anything off


def test_handlers_are_given_back() -> None:
    before = [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)]
    with interrupts():
        assert signal.getsignal(signal.SIGINT) not in before
    assert [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)] == before


def test_in_another_thread_nothing_is_installed() -> None:
    seen: list[Interrupts] = []

    def work() -> None:
        with interrupts() as stop:
            seen.append(stop)

    before = signal.getsignal(signal.SIGINT)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert not seen[0].asked
    assert signal.getsignal(signal.SIGINT) is before
