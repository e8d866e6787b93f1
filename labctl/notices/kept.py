"""`notices.jsonl` in a run's folder: every notice, and what became of it, a line each.

It is only ever appended to, by the guardian of the run alone. A last line that was cut by a power
cut is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from labctl.desk import Notice

FILE = "notices.jsonl"


class Accepted(msgspec.Struct, frozen=True, tag="accepted"):
    """Notice `number` goes to whom the configuration names; `times` it came since it was told."""

    number: int
    notice: Notice
    times: int = 1


class Repeated(msgspec.Struct, frozen=True, tag="repeated"):
    """A notice that was told just now; how often it came is told later."""

    notice: Notice


class Told(msgspec.Struct, frozen=True, tag="told"):
    """The recipient `to` has notice `number`; `answer` is what the other end said."""

    number: int
    to: str
    answer: str
    utc: str


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """The recipient `to` could not be told; `final`: it is not tried again."""

    number: int
    to: str
    error: str
    final: bool
    utc: str


class Acknowledged(msgspec.Struct, frozen=True, tag="acknowledged"):
    """Somebody, `who`, has seen these notices, or they have become needless."""

    numbers: tuple[int, ...]
    who: str
    utc: str


Row = Accepted | Repeated | Told | Failed | Acknowledged


@dataclass
class Story:
    """What became of a notice: recipients that were `told`, that `failed` (why), or were tried."""

    number: int
    notice: Notice
    times: int = 1
    told: dict[str, str] = field(default_factory=dict[str, str])
    failed: dict[str, str] = field(default_factory=dict[str, str])
    tried: dict[str, str] = field(default_factory=dict[str, str])
    acknowledged: str = ""


def mend(file: Path) -> None:
    """End a last line that was cut, so that the next one stands for itself."""
    if file.is_file():
        with open(file, "rb+") as opened:
            if opened.seek(0, 2):
                opened.seek(-1, 2)
                if opened.read(1) != b"\n":
                    opened.write(b"\n")


def append(file: Path, row: Row) -> None:
    """Add a row; `OSError` where it cannot be written."""
    with open(file, "ab") as opened:
        opened.write(msgspec.json.encode(row) + b"\n")


def rows(file: Path) -> list[Row]:
    """All whole rows; none where there is no file."""
    try:
        lines = file.read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    found: list[Row] = []
    for line in lines:
        try:
            found.append(msgspec.json.decode(line, type=Row))
        except msgspec.DecodeError:
            continue
    return found


def stories(found: Iterable[Row]) -> list[Story]:
    """What became of each notice, in the order in which they came."""
    known: dict[int, Story] = {}
    for row in found:
        match row:
            case Accepted(number, notice, times):
                known[number] = Story(number, notice, times)
            case Told(number) | Failed(number) if number in known:
                _tell(known[number], row)
            case Acknowledged(numbers, who):
                for number in (one for one in numbers if one in known):
                    known[number].acknowledged = who or "?"
            case _:
                pass
    return list(known.values())


def _tell(story: Story, row: Told | Failed) -> None:
    story.tried.pop(row.to, None)
    if isinstance(row, Told):
        story.told[row.to] = row.answer
    elif row.final:
        story.failed[row.to] = row.error
    else:
        story.tried[row.to] = row.error
