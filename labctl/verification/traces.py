"""Whether what steps returned of readings is what was recorded.

A step that returns the readings it took, as a table of `values`, `t` and `utc` with `unit`,
`address` and `serial`, holds them a second time. Every one of them must be among the readings of
the item, where that instrument recorded any.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from labctl.journal.plain import loads
from labctl.journal.reader import Reader

Source = tuple[str, str, str]
"""Address, serial number and unit."""

Point = tuple[Source, float, float, float]
"""Where from, run time in s, Unix time in s, value."""

_KEYS = ("unit", "address", "serial", "values", "t", "utc")


def contradictions(reader: Reader, item: int) -> list[str]:
    """What the results of an item's steps hold of its readings and was not recorded, in words."""
    wanted = {point: step for step, text in _results(reader, item) for point in points(loads(text))}
    if not wanted:
        return []
    recorded: set[Source] = set()
    for point in _readings(reader, item):
        recorded.add(point[0])
        wanted.pop(point, None)
    left = [(point, step) for point, step in wanted.items() if point[0] in recorded]
    return [
        f"the step {step} returned {point[3]!r} {point[0][2]} at {point[1]:.6g} s, which was not"
        " recorded"
        for point, step in left
    ]


def _results(reader: Reader, item: int) -> Iterator[tuple[str, str]]:
    """(step, result as JSON) of all steps and committed parts of exposures."""
    for table, column in (("steps", "result"), ("progress", "state")):
        yield from reader.rows(
            f"SELECT a.step, x.{column} FROM {table} x JOIN attempts a ON a.id = x.attempt"
            " WHERE a.item = ? ORDER BY x.rowid",
            item,
        )


def _readings(reader: Reader, item: int) -> Iterator[Point]:
    sql = (
        "SELECT c.address, c.serial, c.unit, r.t, r.utc, r.value FROM readings r"
        " JOIN channels c ON c.id = r.channel WHERE c.item = ?"
    )
    for address, serial, unit, t, utc, value in reader.rows(sql, item):
        yield (address, serial, unit), t, utc, value


def points(value: Any) -> Iterator[Point]:
    """All readings in plain data; those that are no numbers are left out."""
    if isinstance(value, dict):
        table = cast("dict[str, Any]", value)
        if all(key in table for key in _KEYS) and isinstance(table["values"], list):
            yield from _table(table)
        for inner in table.values():
            yield from points(inner)
    elif isinstance(value, list):
        for inner in cast("list[Any]", value):
            if isinstance(inner, dict | list):
                yield from points(inner)


def _table(table: dict[str, Any]) -> Iterator[Point]:
    source = (str(table["address"]), str(table["serial"]), str(table["unit"]))
    for t, utc, number in zip(table["t"], table["utc"], table["values"], strict=False):
        if number == number:
            yield source, t, utc, number
