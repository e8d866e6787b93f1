"""Trace files: every transaction of a link as a line of JSON (docs/protocols/trace.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Literal

import msgspec

from labctl import clock
from labctl.errors import BenchError, LabError

VERSION = 1

Kind = Literal["message", "register", "bytes", "attribute", "topic", "process", "folder", "sdk"]


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """A link was opened: its `kind` and address, run time `t` in s, Unix time `utc` in s.

    `ends` are what ends a line of text that is sent, and one that is received.
    """

    trace: int = VERSION
    kind: Kind
    address: str
    t: float
    utc: float
    ends: tuple[str, str] | msgspec.UnsetType = msgspec.UNSET


class Failure(msgspec.Struct, frozen=True):
    """Why a transaction failed: kind of error, its message, the answer at fault."""

    kind: str
    message: str
    answer: str = ""


class Transaction(msgspec.Struct, frozen=True, omit_defaults=True):
    """One transaction: run time `t` and duration `took` in s, operation, both directions."""

    t: float
    took: float
    op: str
    sent: Any
    received: Any
    error: Failure | None = None


@dataclass
class Session:
    """What was said between opening a link and closing it."""

    header: Header
    transactions: list[Transaction] = field(default_factory=list[Transaction])


class TraceWriter:
    """Appends to the trace file `path`, whose folder is made; each line is written at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None

    def begin(self, kind: Kind, address: str, ends: tuple[str, str] | None = None) -> None:
        """A link is opened: so is the file. `BenchError` where it cannot be written."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("ab", buffering=0)
        except OSError as error:
            raise BenchError(
                f"the trace cannot be written: {error}",
                address=str(self._path),
                remedy="name a file in a folder that can be written",
            ) from error
        t, utc = clock.stamp()
        told = msgspec.UNSET if ends is None else ends
        self._write(Header(kind=kind, address=address, t=t, utc=utc, ends=told))

    def add(
        self, t: float, op: str, sent: Any, received: Any, error: Failure | None = None
    ) -> None:
        """A transaction that was asked for at run time `t` in s has ended now."""
        self._write(Transaction(t, max(0.0, clock.now() - t), op, sent, received, error))

    def close(self) -> None:
        """Nothing more is written. Closing twice is no error."""
        if self._file is not None:
            self._file.close()

    def _write(self, row: Header | Transaction) -> None:
        if self._file is not None and not self._file.closed:
            self._file.write(msgspec.json.encode(row) + b"\n")


def failure_of(error: BaseException) -> Failure:
    """What a trace says of `error`."""
    if isinstance(error, LabError):
        return Failure(error.kind, error.message, error.answer)
    return Failure("cancelled", type(error).__name__)


def read_trace(path: Path) -> list[Session]:
    """The sessions in the trace file `path`; a last line that was cut off is left out.

    `BenchError` names the line that is no trace.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BenchError(f"the trace cannot be read: {error}", address=str(path)) from error
    sessions: list[Session] = []
    for number, line in _whole_lines(data):
        try:
            _take(line, sessions)
        except (msgspec.MsgspecError, ValueError) as error:
            raise BenchError(
                f"line {number} is no trace: {error}",
                address=str(path),
                remedy="see docs/protocols/trace.md",
            ) from error
    return sessions


def _whole_lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    lines = data.split(b"\n")[:-1]
    return ((number, line) for number, line in enumerate(lines, 1) if line.strip())


def _take(line: bytes, sessions: list[Session]) -> None:
    if b'"trace"' in line and "trace" in msgspec.json.decode(line, type=dict[str, Any]):
        header = msgspec.json.decode(line, type=Header)
        if header.trace != VERSION:
            raise ValueError(f"version {header.trace}, this labctl reads {VERSION}")
        sessions.append(Session(header))
    elif not sessions:
        raise ValueError("a transaction before any header")
    else:
        sessions[-1].transactions.append(msgspec.json.decode(line, type=Transaction))
