"""A conversation with an instrument: lines of standard input, answers on standard output."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import ExitStack, contextmanager

from labctl import clock
from labctl.cli.streams import note, say
from labctl.config import leases_folder
from labctl.console import Console, TalkRequest
from labctl.errors import BenchError, LabError, UsageError
from labctl.i18n import _
from labctl.labs import load_labs

MOST = 65536
"""Bytes read at once."""


def converse(request: TalkRequest, *, force: bool = False) -> int:
    """Talk until standard input ends; 3 where a line of a pipe failed, else 0.

    At a terminal an error is told and the next line awaited. `BenchError` where a run holds the
    instrument, unless `force`.
    """
    with _held(request.address, force):
        return clock.run(_converse(request), virtual=False)


@contextmanager
def _held(address: str, force: bool) -> Generator[None]:
    from labctl.leases import taken
    from labctl.leases.refusing import TALK

    with ExitStack() as stack:
        try:
            stack.enter_context(taken({"talk": address}, TALK, leases_folder()))
        except BenchError as error:
            if not force:
                error.remedy += "; " + _("--force talks to it all the same")
                raise
            note(_("warning: {error}").format(error=error.message))
        yield


async def _converse(request: TalkRequest) -> int:
    console = await _opened(request)
    typed = sys.stdin.isatty()
    failed = 0
    try:
        if typed:
            note(
                _("talking to {address}; help lists what may be typed, Ctrl-D ends").format(
                    address=request.address
                )
            )
        async for line in _lines():
            failed |= not await _carry_out(console, line, typed)
    finally:
        await console.close()
    return 3 if failed and not typed else 0


async def _opened(request: TalkRequest) -> Console:
    for lab in load_labs():
        if lab.open_console is not None:
            return await lab.open_console(request)
    raise UsageError(_("no lab offers a console"), address=request.address)


async def _carry_out(console: Console, line: str, typed: bool) -> bool:
    """Whether `line` went well; its answer is printed, with its time at a terminal."""
    began = clock.now()
    try:
        for answer in await console.say(line):
            say(answer)
    except LabError as error:
        note(_("error: {error}").format(error=error))
        return False
    if typed and line.strip():
        note(f"# {clock.now() - began:.3f} s")
    sys.stdout.flush()
    return True


async def _lines() -> AsyncIterator[str]:
    """The lines of standard input.

    They are read in a thread that ends with the process: an interrupt does not wait for a key.
    """
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()

    def read() -> None:
        for line in _typed():
            if loop.is_closed():
                return
            loop.call_soon_threadsafe(lines.put_nowait, line)
        if not loop.is_closed():
            loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, name="stdin", daemon=True).start()
    while (line := await lines.get()) is not None:
        yield line


def _typed() -> Iterator[str]:
    """Lines as they come, read by the file's number.

    A thread that waits inside `sys.stdin` holds a lock that the interpreter needs to end.
    """
    try:
        number = sys.stdin.fileno()
    except (OSError, ValueError):
        yield from sys.stdin
        return
    rest = b""
    while data := os.read(number, MOST):
        *lines, rest = (rest + data).split(b"\n")
        yield from (line.decode("utf-8", "replace") for line in lines)
    if rest:
        yield rest.decode("utf-8", "replace")
