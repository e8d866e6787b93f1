"""The catalogue: every direction and indicator, found by id, by target or by words.

`load()` decodes `data/catalogue.json`, which `python -m labctl.mapfile` writes from the YAML files
of the map; a test keeps the two equal. A lab adds its own directions (`labctl.mapfile.read_map`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec

from labctl.errors import Defect, UsageError
from labctl.indicator import Direction, Indicator

DATA = Path(__file__).parent / "data"
GENERATED = DATA / "catalogue.json"
ALL = "all"


class Catalogue:
    """Directions in order, with their indicators; immutable after it is made."""

    def __init__(self, directions: Iterable[Direction]) -> None:
        self.directions = tuple(directions)
        self.indicators: tuple[Indicator, ...] = tuple(
            indicator for direction in self.directions for indicator in direction.indicators
        )
        self._by_id = _unique(self.indicators, "indicator")
        self._by_direction = _unique(self.directions, "direction")

    def __len__(self) -> int:
        return len(self.indicators)

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.indicators)

    def __contains__(self, id: object) -> bool:
        return id in self._by_id

    def get(self, id: str) -> Indicator:
        """The indicator with this id; `UsageError` suggests the nearest ids."""
        try:
            return self._by_id[id]
        except KeyError:
            raise self._unknown("indicator", id, self._by_id) from None

    def direction(self, id: str) -> Direction:
        """The direction with this id; `UsageError` suggests the nearest."""
        try:
            return self._by_direction[id]
        except KeyError:
            raise self._unknown("direction", id, self._by_direction) from None

    def direction_of(self, indicator: Indicator) -> Direction:
        """The direction an indicator belongs to."""
        return self.direction(indicator.direction)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Fields of the guideline ("1" to "10") and the labs that add directions, in order."""
        return tuple(dict.fromkeys(direction.field for direction in self.directions))

    def nearest(self, id: str, count: int = 3) -> tuple[str, ...]:
        """Ids of indicators, directions and fields that are spelled most like `id`, best first."""
        return _nearest(id, (*self._by_id, *self._by_direction, *self.fields), count)

    def select(self, *targets: str) -> tuple[Indicator, ...]:
        """Indicators of the targets, each once: an indicator, a direction, a field or `all`.

        `UsageError` names an unknown target and suggests the nearest.
        """
        chosen: dict[str, Indicator] = {}
        for target in targets:
            chosen.update((indicator.id, indicator) for indicator in self._target(target))
        return tuple(chosen.values())

    def search(self, query: str) -> tuple[Indicator, ...]:
        """Indicators for a target, else those where every word of `query` occurs.

        Words are looked for in id, names (English and Chinese), method, quantities and the titles
        of the direction, without regard to case. No word finds every indicator.
        """
        words = query.casefold().split()
        if len(words) == 1 and self._known(query.strip()):
            return self._target(query.strip())
        return tuple(
            indicator
            for indicator, text in zip(self.indicators, self._texts, strict=True)
            if all(word in text for word in words)
        )

    def extended(self, directions: Iterable[Direction]) -> Catalogue:
        """A catalogue with a lab's own directions behind these; `UsageError` on a repeated id."""
        return Catalogue((*self.directions, *directions))

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return tuple(
            _text(direction, indicator)
            for direction in self.directions
            for indicator in direction.indicators
        )

    def _known(self, target: str) -> bool:
        known = target in self._by_id or target in self._by_direction
        return known or target in self.fields or target == ALL

    def _target(self, target: str) -> tuple[Indicator, ...]:
        if target in self._by_id:
            return (self._by_id[target],)
        if target in self._by_direction:
            return self._by_direction[target].indicators
        found = tuple(i for i in self.indicators if target in (ALL, i.field))
        if not found:
            raise self._unknown("target", target, (*self._by_id, *self._by_direction, *self.fields))
        return found

    def _unknown(self, what: str, id: str, known: Iterable[str]) -> UsageError:
        near = _nearest(id, known, 3)
        remedy = f"nearest: {', '.join(near)}" if near else "labctl indicators lists all"
        return UsageError(f"unknown {what} {id!r}", remedy=remedy)


def load() -> Catalogue:
    """The guideline's catalogue; `Defect` where the generated file cannot be read.

    It is decoded once a process and state of the file.
    """
    try:
        return _decoded(GENERATED, GENERATED.stat().st_mtime_ns)
    except (OSError, msgspec.MsgspecError) as error:
        raise Defect(
            f"{GENERATED.name}: {error}", remedy="python -m labctl.mapfile writes it anew"
        ) from error


@lru_cache(maxsize=1)
def _decoded(path: Path, written: int) -> Catalogue:
    return Catalogue(msgspec.json.decode(path.read_bytes(), type=tuple[Direction, ...]))


def _nearest(id: str, known: Iterable[str], count: int) -> tuple[str, ...]:
    import difflib

    close = difflib.get_close_matches(id, list(known), n=10 * count, cutoff=0.5)
    return tuple(sorted(close, key=lambda other: -_shared(id, other)))[:count]


def _shared(id: str, other: str) -> int:
    """How many leading characters two ids share: a neighbour in the same direction comes first."""
    pairs = zip(id, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(id), len(other)))


def _text(direction: Direction, indicator: Indicator) -> str:
    quantities = (criterion.quantity for criterion in indicator.criteria)
    parts = (indicator.id, indicator.name_en, indicator.name_zh, indicator.method)
    titles = (direction.title_en, direction.title_zh)
    return "\n".join((*parts, *titles, *quantities)).casefold()


T = TypeVar("T", Indicator, Direction)


def _unique(rows: Iterable[T], what: str) -> dict[str, T]:
    by_id: dict[str, T] = {}
    for row in rows:
        if row.id in by_id:
            raise UsageError(f"{what} {row.id} is there twice")
        by_id[row.id] = row
    return by_id
