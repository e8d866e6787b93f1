"""Where in a TOML file a key stands, so that an error can say the line."""

from __future__ import annotations

import re

_HEADER = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_\-.\"' ]+?)\s*=")


def line_of(text: str, path: tuple[str, ...]) -> int | None:
    """The line (from 1) at which `path` stands, or the nearest of its parents; None without one.

    A number in `path` counts the entries of an array of tables: ("uncertainty", "1", "value").
    """
    for length in range(len(path), 0, -1):
        for number, here in _places(text):
            if here == path[:length]:
                return number
    return None


def _places(text: str) -> list[tuple[int, tuple[str, ...]]]:
    """(line, path) of every table header and key."""
    table: tuple[str, ...] = ()
    counts: dict[str, int] = {}
    found: list[tuple[int, tuple[str, ...]]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        header = _HEADER.match(line)
        if header:
            table = _table(header.group(1), line.lstrip().startswith("[["), counts)
            found.append((number, table))
        elif key := _KEY.match(line):
            found.append((number, table + _parts(key.group(1))))
    return found


def _table(name: str, is_array: bool, counts: dict[str, int]) -> tuple[str, ...]:
    if not is_array:
        return _parts(name)
    index = counts.get(name, 0)
    counts[name] = index + 1
    return (*_parts(name), str(index))


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in name.split("."))
