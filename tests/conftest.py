"""What holds for every test: benchmarks only when asked for, nothing left open."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("house", derandomize=True, max_examples=50, deadline=None)
settings.load_profile("house")

PATIENCE = 5.0
"""Seconds that a thread has to end after the test that started it."""

if sys.platform != "win32":
    # What a shell starts in the background, or nohup starts, ignores these, and so would all that
    # the tests start: they send them.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

BENCHMARKS = Path(__file__).parent / "benchmarks"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave tests/benchmarks out unless the command line names it."""
    if collection_path != BENCHMARKS:
        return None
    root = Path(config.invocation_params.dir)
    named = [(root / argument.split("::")[0]).resolve() for argument in config.args]
    return None if any(path.is_relative_to(BENCHMARKS) for path in named) else True


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    """A test that starts threads (a journal's writer, a port's executor) ends them."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(PATIENCE)
        assert not thread.is_alive(), f"thread {thread.name!r} was left running"
