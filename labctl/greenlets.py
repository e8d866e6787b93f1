"""Blocking library code on the event loop's own thread, in a greenlet.

pyvisa and pyserial block. Over a simulated line they run in a greenlet: where the line has to
wait, it parks the greenlet on an awaitable, and the loop serves every other task meanwhile. Use
these through `labctl.clock`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

import greenlet

from labctl.errors import Defect

T = TypeVar("T")


async def blocking(fn: Callable[..., T], *args: Any) -> T:
    """Run blocking library code over a simulated line, without blocking the loop's thread.

    `fn(*args)` runs in a greenlet; where the simulated line has to wait it calls `park`. A
    cancellation of the calling task is raised inside `fn` at that place.
    """
    worker = greenlet.greenlet(fn)
    answer = worker.switch(*args)
    while not worker.dead:
        try:
            value = await answer
        except BaseException as error:
            answer = worker.throw(error)
        else:
            answer = worker.switch(value)
    return cast(T, answer)


def park(awaitable: Awaitable[T]) -> T:
    """Wait for `awaitable` inside code that `blocking` started; returns its result.

    Raises `Defect` outside such code: nothing else may stop the loop's thread.
    """
    parent = greenlet.getcurrent().parent
    if parent is None:
        close = getattr(awaitable, "close", None)
        if close is not None:
            close()
        raise Defect("park() outside clock.blocking(): a simulated line was used without a link")
    return cast(T, parent.switch(awaitable))
