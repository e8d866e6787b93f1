"""Long work beside the event loop, which meanwhile goes on with everything else."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable
from typing import TypeVar

from labctl import clock

T = TypeVar("T")


async def beside(fn: Callable[[], T], name: str = "beside") -> T:
    """What `fn` returns, from a thread of its own that is left behind where nobody waits any more.

    In virtual time it is called here: time stands still anyway.
    """
    if clock.is_virtual():
        return fn()
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()
    context = contextvars.copy_context()

    def work() -> None:
        try:
            found = context.run(fn)
        except Exception as error:
            _call(loop, _fail, answer, error)
        else:
            _call(loop, _succeed, answer, found)

    threading.Thread(target=work, name=name, daemon=True).start()
    return await answer


def _call(loop: asyncio.AbstractEventLoop, fn: Callable[..., None], *args: object) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(fn, *args)


def _succeed(answer: asyncio.Future[T], found: T) -> None:
    if not answer.done():
        answer.set_result(found)


def _fail(answer: asyncio.Future[T], error: Exception) -> None:
    if not answer.done():
        answer.set_exception(error)
