"""Answers on their way out, each with the time at which it leaves the instrument."""

from __future__ import annotations

from collections import deque


class Outbox:
    """Timed bytes; what was put in first leaves first."""

    def __init__(self) -> None:
        self._items: deque[tuple[float, bytes]] = deque()

    def put(self, data: bytes, t: float) -> None:
        """Let `data` leave at run time `t`, never before what was put in earlier."""
        if self._items:
            t = max(t, self._items[-1][0])
        self._items.append((t, data))

    def take(self, t: float) -> bytes:
        """All that leaves until `t`."""
        items = self._items
        if not items or items[0][0] > t:
            return b""
        if len(items) == 1:
            return items.popleft()[1]
        parts = []
        while items and items[0][0] <= t:
            parts.append(items.popleft()[1])
        return b"".join(parts)

    def due(self) -> float | None:
        """When the next bytes leave; None when nothing waits."""
        return self._items[0][0] if self._items else None

    def clear(self) -> None:
        """Forget what waits."""
        self._items.clear()

    def __len__(self) -> int:
        return len(self._items)
