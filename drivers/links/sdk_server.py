"""The other side of an SDK link: a vendor's blocking library in a process of its own.

A vendor's driver has a small module beside it that ends with

    if __name__ == "__main__":
        serve({"open": camera.open, "image": camera.image})

and whose functions take and return plain data: numbers, text, bytes, lists, maps. Requests and
answers are MessagePack, each after its length as four bytes, on standard input and output. What a
library prints goes to standard error.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

import msgspec

HEADER = struct.Struct(">I")
"""Length of what follows, in bytes."""


class Request(msgspec.Struct, array_like=True):
    """A call: the function's name and its arguments."""

    function: str
    arguments: list[Any]


class Reply(msgspec.Struct, array_like=True):
    """What the call returned, or the text of what it raised."""

    value: Any = None
    error: str = ""


def serve(functions: Mapping[str, Callable[..., Any]]) -> None:
    """Answer requests for `functions` until standard input ends."""
    answers = _take_stdout()
    _write(answers, Reply(sorted(functions)))
    while (data := _frame(sys.stdin.buffer)) is not None:
        _write(answers, _answer(functions, msgspec.msgpack.decode(data, type=Request)))


def _take_stdout() -> BinaryIO:
    """Standard output for answers alone; whatever else is printed goes to standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def _answer(functions: Mapping[str, Callable[..., Any]], request: Request) -> Reply:
    function = functions.get(request.function)
    if function is None:
        return Reply(error=f"no function {request.function!r}; there are {sorted(functions)}")
    try:
        return Reply(function(*request.arguments))
    except Exception as error:  # whatever the library raises is its answer
        return Reply(error=f"{type(error).__name__}: {error}")


def _frame(stream: BinaryIO) -> bytes | None:
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    return stream.read(HEADER.unpack(header)[0])


def _write(stream: BinaryIO, reply: Reply) -> None:
    try:
        data = msgspec.msgpack.encode(reply)
    except (TypeError, OverflowError) as error:
        data = msgspec.msgpack.encode(Reply(error=f"the answer is no plain data: {error}"))
    stream.write(HEADER.pack(len(data)) + data)
    stream.flush()
