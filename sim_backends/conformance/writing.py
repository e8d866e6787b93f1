"""What holds for an emulator that writes files: it measures by itself, its files grow and end."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator

from sim_backends.conformance.stand import Stand
from sim_backends.plugs.file_writer import FileWriter, Piece, portable

SEED = 1
EVENTS = 100
"""Events of the instrument that are looked at."""

AT_ONCE, SOON = -math.inf, 1.0
"""First due time of what measures once, when its bench is opened, and when that is here, in s."""

FILES = 2
"""Files that must be whole by then."""


def writes_whole_files(stand: Stand) -> Iterator[str]:
    """Pieces come when they are due, names fit every system, each file ends once."""
    if not stand.writes_files:
        return
    writer: FileWriter = stand.make(SEED)
    files = 1 if writer.due() == AT_ONCE else FILES
    yield from _noted(writer)
    ended: set[str] = set()
    for t, piece in _pieces(writer):
        if piece.name in ended:
            yield f"{piece.name} goes on after its end"
        if not portable(piece.name) or not piece.name.endswith(writer.suffix):
            yield f"{piece.name!r} is no name for a file, or does not end with {writer.suffix!r}"
        if not t > 0.0:
            yield f"{piece.name} is there from the start"
        ended |= {piece.name} if piece.last else set()
    if len(ended) < files:
        yield f"of its files {len(ended)} are whole after {EVENTS} events"


def _noted(writer: FileWriter) -> Iterator[str]:
    try:
        tomllib.loads(writer.notes)
    except tomllib.TOMLDecodeError as error:
        yield f"its notes are no TOML: {error}"


def _pieces(writer: FileWriter) -> Iterator[tuple[float, Piece]]:
    for _ in range(EVENTS):
        due = writer.due()
        if due is None:
            return
        due = SOON if due == AT_ONCE else due
        for piece in writer.send(due):
            yield due, piece
