"""The information models as data (`models/<number>.toml`) and how their points lie in registers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from drivers.codecs import sunspec

FOLDER = Path(__file__).parent / "models"
TO_THE_END = 0
"""Count of a group that repeats until the model's length is used up."""


@dataclass(frozen=True)
class Point:
    """A point: `sf` is the name of its scale factor's point, or the factor itself."""

    name: str
    kind: str
    size: int
    sf: str | int
    unit: str
    writable: bool
    values: Mapping[str, int]
    bits: Mapping[str, int]


@dataclass(frozen=True)
class Group:
    """Points and the groups after them; `count` is a number or the point that holds it."""

    name: str
    count: int | str
    points: tuple[Point, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Placed:
    """A point at `offset` registers after the model's length.

    `name` is `W`, or `group[1].W` for a point of a group, counted from 1.
    """

    name: str
    offset: int
    point: Point
    prefix: str


@dataclass(frozen=True)
class Definition:
    """An information model: number, name, where the definition comes from, its points."""

    number: int
    name: str
    source: str
    root: Group


@cache
def numbers() -> frozenset[int]:
    """The models that are defined here."""
    return frozenset(int(path.stem) for path in FOLDER.glob("*.toml"))


@cache
def definition(number: int) -> Definition:
    """The definition of model `number`, one of `numbers()`."""
    data = tomllib.loads((FOLDER / f"{number}.toml").read_text(encoding="utf-8"))
    root = _group({"name": data["name"], **data})
    return Definition(data["id"], data["name"], data["source"], root)


def _group(data: Mapping[str, Any]) -> Group:
    return Group(
        data["name"],
        data.get("count", 1),
        tuple(_point(row) for row in data["points"]),
        tuple(_group(inner) for inner in data.get("groups", ())),
    )


def _point(row: Mapping[str, Any]) -> Point:
    return Point(
        row["name"],
        row["type"],
        sunspec.size_of(row["type"], row.get("size")),
        row.get("sf", ""),
        row.get("unit", ""),
        row.get("writable", False),
        MappingProxyType(row.get("values", {})),
        MappingProxyType(row.get("bits", {})),
    )


def layout(model: Definition, words: Sequence[int]) -> list[Placed]:
    """Every point that fits into `words`, the registers after the model's length.

    A model may be shorter than its definition (an older edition): what lies beyond is left out.
    """
    placed: list[Placed] = []
    end = _place(model.root, "", 0, words, placed)
    return [one for one in placed if one.offset + one.point.size <= min(end, len(words))]


def _place(
    group: Group, prefix: str, offset: int, words: Sequence[int], placed: list[Placed]
) -> int:
    for point in group.points:
        placed.append(Placed(prefix + point.name, offset, point, prefix))
        offset += point.size
    for inner in group.groups:
        for index in _indices(inner, offset, words, placed):
            name = prefix + (inner.name if inner.count == 1 else f"{inner.name}[{index}]")
            offset = _place(inner, f"{name}.", offset, words, placed)
            if offset >= len(words):
                break
    return offset


def _indices(
    group: Group, offset: int, words: Sequence[int], placed: Sequence[Placed]
) -> Iterator[int]:
    count = group.count
    if isinstance(count, str):
        count = _count(count, words, placed)
    elif count == TO_THE_END:
        size = sum(point.size for point in group.points)
        count = max(0, len(words) - offset) // size
    return iter(range(1, count + 1))


def _count(name: str, words: Sequence[int], placed: Sequence[Placed]) -> int:
    """The number in the nearest point `name` before; 0 where it is not implemented."""
    for one in reversed(placed):
        if one.point.name == name and one.offset < len(words):
            raw = sunspec.decode(one.point.kind, words[one.offset : one.offset + one.point.size])
            return raw if isinstance(raw, int) else 0
    return 0
