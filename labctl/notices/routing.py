"""Which notices go to whom, and to whom next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from labctl.desk import NoticeKind
from labctl.i18n import Language


@dataclass(frozen=True)
class Recipient:
    """A person or a group: on which `channel`, at which `address` of it, in which language."""

    name: str
    channel: str
    address: str
    language: Language


@dataclass(frozen=True)
class Level:
    """The recipients `to`, told when a notice is `after` s old and nobody has acknowledged it."""

    after: float
    to: tuple[str, ...]


@dataclass(frozen=True)
class Route:
    """Notices of `kinds` (all, where there are none) go to the recipients of `levels` in turn."""

    kinds: tuple[NoticeKind, ...]
    levels: tuple[Level, ...]


def levels_for(kind: NoticeKind, routes: Iterable[Route]) -> tuple[Level, ...]:
    """The levels of all routes that carry `kind`, by rising time; a recipient stands once."""
    found = [
        level
        for route in routes
        if not route.kinds or kind in route.kinds
        for level in route.levels
    ]
    told: set[str] = set()
    levels: dict[float, tuple[str, ...]] = {}
    for level in sorted(found, key=lambda one: one.after):
        fresh = tuple(name for name in level.to if name not in told)
        told.update(fresh)
        if fresh:
            levels[level.after] = (*levels.get(level.after, ()), *fresh)
    return tuple(Level(after, to) for after, to in levels.items())
