"""Wire grammar of IO Rodeo's Rodeostat: a JSON object a line (iorodeo/potentiostat, docs/json.rst).

A command is answered with `{"success":true,"response":{...}}`, in which the command's name comes
back. A test streams samples `{"t":ms,"v":V,"i":uA}` and ends with `{}`. The firmware prints without
any blank outside of strings and ends lines with CR LF (ps_message_sender.cpp); a line that does not
is a corrupted one. There is no check sum: a digit that became another cannot be seen here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from drivers.codecs.framing import take_line

LONGEST = 2000
"""Bytes of a line, more than the firmware's message buffer holds."""

BLOCK = 64
"""A message of a multiple of so many bytes is not seen by SAMD boards (potentiostat.py, write)."""

_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')


class CorruptLine(ValueError):
    """A line that the firmware cannot have printed."""


@dataclass(frozen=True)
class Reply:
    """The answer to a command; `message` says why it was refused."""

    success: bool
    message: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Sample:
    """Time in s from the start of the test, potential in V, current in A; `over` the range."""

    time: float
    potential: float
    current: float
    over: bool


@dataclass(frozen=True)
class End:
    """The test is over."""


def encode(command: str, **values: object) -> bytes:
    """The line of a command, with a blank in front where it would not be seen otherwise."""
    text = json.dumps({"command": command, **values}, separators=(",", ":"))
    line = text.encode("ascii") + b"\n"
    return line if len(line) % BLOCK else b" " + line


def line_end(buffer: bytes) -> int | None:
    """The end of the first line, None where more must come; `CorruptLine` where it is no line."""
    line, used = take_line(buffer, b"\n")
    if line is None and len(buffer) > LONGEST:
        raise CorruptLine("a line without end")
    return used or None


def reply_end(buffer: bytes) -> int | None:
    """The end of the first answer to a command; samples of a test that is over are passed over."""
    used = 0
    while (end := line_end(buffer[used:])) is not None:
        line, used = buffer[used : used + end], used + end
        if isinstance(decode(line), Reply):
            return used
    return None


def decode(line: bytes) -> Reply | Sample | End:
    """What a line says; `CorruptLine` where it says nothing that the firmware prints."""
    found = _object(line)
    if not found:
        return End()
    if "success" in found:
        return _reply(found)
    return _sample(found)


def _object(line: bytes) -> dict[str, Any]:
    if not line.endswith(b"}\r\n") or re.search(rb"\s", _STRING.sub(b"", line[:-2])):
        raise CorruptLine(f"{line!r} is no line of the firmware")
    try:
        found = json.loads(line.decode("ascii"))
    except ValueError as error:
        raise CorruptLine(f"{line!r} is no JSON") from error
    if not isinstance(found, dict):
        raise CorruptLine(f"{line!r} is no object")
    return cast("dict[str, Any]", found)


def _reply(found: dict[str, Any]) -> Reply:
    values = found.get("response")
    success, message = found["success"], found.get("message", "")
    whole = {"success", "message", "response"} >= set(found)
    if not (whole and isinstance(success, bool) and isinstance(values, dict)):
        raise CorruptLine(f"{found} is no answer")
    return Reply(success, str(message), cast("dict[str, Any]", values))


def _sample(found: dict[str, Any]) -> Sample:
    over = found.pop("le", False)
    found.pop("n", None)  # channel of a multiplexer
    if set(found) != {"t", "v", "i"} or not isinstance(over, bool):
        raise CorruptLine(f"{found} is no sample")
    t, v, i = (number(found[key]) for key in ("t", "v", "i"))
    return Sample(t * 1e-3, v, i * 1e-6, over)


def number(value: object) -> float:
    """A JSON number; `CorruptLine` where `value` is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CorruptLine(f"{value!r} is no number")
    return float(value)
