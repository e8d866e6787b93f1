"""Recorded traces of a line, read for replay (docs/protocols/trace.md)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labctl.errors import BenchError

VERSION = 1


@dataclass(frozen=True, slots=True)
class Transaction:
    """One transaction: its operation, what was `sent` and `received`, how many s it `took`.

    `error` is the kind of its error, empty where all went well; `answer` what then came back.
    """

    op: str
    sent: Any
    received: Any
    took: float
    error: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Trace:
    """The transactions of one link of `kind`, in their order; `name` is for messages.

    `ends` are what ends a line of text that is sent, and one that is received.
    """

    name: str
    kind: str
    transactions: tuple[Transaction, ...]
    ends: tuple[str, str] = ("\n", "\n")


def load(path: Path) -> Trace:
    """The trace in the file at `path`; `BenchError` names the line that cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BenchError(f"{path}: the trace cannot be read: {error}") from error
    return parse(text, str(path))


def parse(text: str, name: str) -> Trace:
    """The trace in `text`; a last line that was cut off is left out."""
    whole = text if text.endswith("\n") else text[: text.rfind("\n") + 1]
    kind, ends = "", ("\n", "\n")
    found: list[Transaction] = []
    for number, line in enumerate(whole.splitlines(), 1):
        table = _table(line, name, number)
        if "trace" in table:
            kind = _kind(table, kind, name, number)
            ends = _ends(table, name, number)
        elif not kind:
            raise BenchError(f"{name}:{number}: a transaction before any header")
        elif table.get("op") != "resync":
            found.append(_transaction(table, name, number))
    if not kind:
        raise BenchError(f"{name}: the trace has no header")
    return Trace(name, kind, tuple(found), ends)


def _table(line: str, name: str, number: int) -> dict[str, Any]:
    try:
        table = json.loads(line)
    except json.JSONDecodeError as error:
        raise BenchError(f"{name}:{number}: no JSON: {error}") from error
    if not isinstance(table, dict):
        raise BenchError(f"{name}:{number}: expected one JSON object a line")
    return table


def _kind(table: dict[str, Any], before: str, name: str, number: int) -> str:
    if table["trace"] != VERSION:
        raise BenchError(f"{name}:{number}: version {table['trace']!r}, expected {VERSION}")
    kind = str(table.get("kind", ""))
    if before and kind != before:
        raise BenchError(f"{name}:{number}: a link of kind {kind!r} after one of kind {before!r}")
    return kind


def _ends(table: dict[str, Any], name: str, number: int) -> tuple[str, str]:
    match table.get("ends", ["\n", "\n"]):
        case [str(sent), str(received)] if sent and received:
            return sent, received
        case other:
            raise BenchError(f"{name}:{number}: ends of lines {other!r}, expected two texts")


def _transaction(table: dict[str, Any], name: str, number: int) -> Transaction:
    try:
        error = table.get("error") or {}
        return Transaction(
            str(table["op"]),
            table["sent"],
            table["received"],
            float(table["took"]),
            str(error.get("kind", "")),
            str(error.get("answer", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise BenchError(f"{name}:{number}: no transaction: {wrong!r}") from wrong
