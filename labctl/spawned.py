"""Processes of our own for work on simulated benches, started afresh on every system (`spawn`).

Nothing of this process is taken over; what goes to them and comes back is plain data.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Generator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.synchronize import Event


@contextmanager
def spawned(count: int | None = None) -> Generator[ProcessPoolExecutor]:
    """`count` processes (None: as many as processors), ended when the block is left.

    They do not come to the end of what they are doing where it is left by an error or Ctrl-C.
    """
    context = get_context("spawn")
    given_up = context.Event()
    pool = ProcessPoolExecutor(
        count or os.cpu_count() or 1, context, initializer=_begin, initargs=(given_up,)
    )
    try:
        yield pool
    except BaseException:
        given_up.set()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(given_up: Event) -> None:
    """Ctrl-C reaches all processes of a terminal; who asked for the jobs ends them, and if that
    one dies, so does this."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    waits = [given_up.wait] if parent is None else [given_up.wait, parent.join]
    for wait in waits:
        threading.Thread(target=_end_after, args=(wait,), daemon=True).start()


def _end_after(wait: Callable[[], object]) -> None:
    wait()
    os._exit(1)
