"""Quiet: the same notice goes out once in a while, and what was held back is told at its end.

A hold that comes after its release was told is news: people believe that the run goes on. A release
is held back like any other: to believe that a run is held does no harm.
"""

from __future__ import annotations

from dataclasses import dataclass

from labctl.desk import Notice, NoticeKind

Key = tuple[str, str, str]
OPPOSITE: dict[NoticeKind, NoticeKind] = {"hold": "released", "released": "hold"}


@dataclass
class _Window:
    """Since `begin` in s the notice was told; `count` more came, the newest is `latest`."""

    begin: float
    latest: Notice
    count: int = 0


class Quiet:
    """Which notices are held back; times in s, the same notice is told once in `repeat`."""

    def __init__(self, repeat: float) -> None:
        self._repeat = repeat
        self._windows: dict[Key, _Window] = {}

    def passes(self, notice: Notice, t: float) -> bool:
        """Whether `notice` is told now; else it is counted."""
        opposite = OPPOSITE.get(notice.kind)
        if opposite is not None:
            self._forget(opposite, notice.item)
        key = key_of(notice)
        window = self._windows.get(key)
        if window is not None and t < window.begin + self._repeat:
            window.latest, window.count = notice, window.count + 1
            return False
        self._windows[key] = _Window(t, notice)
        if notice.kind == "released":
            self._drop("hold", notice.item)
        return True

    def over(self, t: float) -> list[tuple[Notice, int]]:
        """What was held back and is to be told now: the newest of each, and how many it was."""
        found: list[tuple[Notice, int]] = []
        for key, window in list(self._windows.items()):
            if t < window.begin + self._repeat:
                continue
            if window.count:
                found.append((window.latest, window.count))
                self._windows[key] = _Window(t, window.latest)
            else:
                del self._windows[key]
        return found

    def next(self) -> float | None:
        """When something that was held back is to be told, in s."""
        waiting = [window.begin for window in self._windows.values() if window.count]
        return min(waiting) + self._repeat if waiting else None

    def settle(self, kind: NoticeKind, item: str) -> None:
        """Nothing of `kind` of `item` needs to be told any more."""
        self._forget(kind, item)

    def _forget(self, kind: NoticeKind, item: str) -> None:
        for key, window in self._windows.items():
            if key[:2] == (kind, item):
                window.count = 0

    def _drop(self, kind: NoticeKind, item: str) -> None:
        for key in [key for key in self._windows if key[:2] == (kind, item)]:
            del self._windows[key]


def key_of(notice: Notice) -> Key:
    """What makes two notices the same: kind, item, and the sentence without its figures."""
    text = notice.text if isinstance(notice.text, str) else notice.text.template
    return notice.kind, notice.item, text
