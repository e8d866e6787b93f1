"""The outbox: what is to be told to whom and when. It reads no clock and sends nothing.

Times are seconds of any clock that does not go back. A recipient is tried again with growing
pauses; one that cannot be reached for good, or not in a day, counts as failed. Where nobody of a
level could be reached the next one is told at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from labctl.desk import Notice, NoticeKind
from labctl.notices.config import NoticesConfig
from labctl.notices.quiet import Quiet
from labctl.notices.routing import Level, levels_for

FIRST_PAUSE = 5.0
LONGEST_PAUSE = 600.0
GIVEN_UP = 86400.0

GRAVE: tuple[NoticeKind, ...] = ("trip", "error", "guardian")
"""Kinds that are escalated at once when the run ends: nobody is left who could wait."""

ANSWERED_BY: dict[NoticeKind, NoticeKind] = {"released": "hold"}
"""Kinds that acknowledge another one of the same item."""


@dataclass
class Entry:
    """A notice on its way, accepted at `t`; `told` says of each recipient what became of it.

    "" is on its way, "told" delivered, "failed" given up, "needless" acknowledged before.
    """

    number: int
    notice: Notice
    t: float
    levels: tuple[Level, ...]
    times: int = 1
    level: int = 0
    acknowledged: bool = False
    told: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def escalated(self) -> bool:
        """Whether more than the first level was told."""
        return self.level > 1

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left to do."""
        return self.next_level is None and all(self.told.values())

    @property
    def next_level(self) -> float | None:
        """When the next level is told, in s; None where there is none, or no need."""
        if self.acknowledged or self.level >= len(self.levels):
            return None
        unreached = self.level > 0 and all(state == "failed" for state in self.told.values())
        return self.t if unreached else self.t + self.levels[self.level].after


@dataclass
class Task:
    """One message: `entry` to the recipient `to`, not before `due`."""

    entry: Entry
    to: str
    due: float
    tries: int = 0


class Outbox:
    """Notices on their way to the recipients of `config`; `entered` is told of each new one.

    Numbers begin at `first`.
    """

    def __init__(
        self, config: NoticesConfig, entered: Callable[[Entry], None], first: int = 0
    ) -> None:
        self.entries: list[Entry] = []
        self._config = config
        self._tell = entered
        self._count = first
        self._quiet = Quiet(config.repeat)
        self._waiting: list[Task] = []
        self._busy: set[str] = set()
        self._free: dict[str, float] = {}

    def accept(self, notice: Notice, t: float) -> bool:
        """Take `notice` at `t`; False where it is held back, since it was told just now."""
        answered = ANSWERED_BY.get(notice.kind)
        if answered is not None:
            self.acknowledge((answered,), notice.item)
        if not self._quiet.passes(notice, t):
            return False
        self._enter(notice, t, 1)
        return True

    def restore(self, number: int, notice: Notice, told: Mapping[str, str], t: float) -> None:
        """Go on with a notice of a guardian before; `told` is what became of it so far."""
        levels = levels_for(notice.kind, self._config.routes)
        self.entries.append(Entry(number, notice, t, levels, told=dict(told)))
        self._quiet.passes(notice, t)

    def acknowledge(self, kinds: Iterable[NoticeKind] | None, item: str | None) -> list[Entry]:
        """Somebody has seen notices of `kinds` (None: all) of `item` (None: all); which these are.

        They are not escalated any more; what of them was not delivered yet, or was held back, is
        not told.
        """
        chosen = None if kinds is None else tuple(kinds)
        found = [
            entry
            for entry in self.entries
            if not entry.acknowledged
            and (chosen is None or entry.notice.kind in chosen)
            and (item is None or entry.notice.item == item)
        ]
        for entry in found:
            entry.acknowledged = True
            self._quiet.settle(entry.notice.kind, entry.notice.item)
            self._drop(entry)
        return found

    def due(self, t: float) -> list[Task]:
        """What is to be sent at `t`: one message a channel. Each is to be reported back."""
        for notice, count in self._quiet.over(t):
            self._enter(notice, t, count)
        for entry in self.entries:
            self._raise_levels(entry, t)
        self.entries = [entry for entry in self.entries if not entry.is_done]
        found: list[Task] = []
        for task in sorted(self._waiting, key=lambda task: task.due):
            channel = self._channel(task)
            if channel not in self._busy and self._ready(task) <= t:
                self._busy.add(channel)
                self._waiting.remove(task)
                found.append(task)
        return found

    def delivered(self, task: Task, t: float) -> None:
        """The message was taken at `t`."""
        task.entry.told[task.to] = "told"
        self._release(task, t)

    def failed(self, task: Task, t: float, *, final: bool, wait: float = 0.0) -> bool:
        """The message was not taken at `t`, nor will it before `wait` s; whether it is given up."""
        self._release(task, t)
        if task.entry.acknowledged:
            task.entry.told[task.to] = "needless"
            return True
        if final or t - task.entry.t > GIVEN_UP:
            task.entry.told[task.to] = "failed"
            return True
        pause = min(FIRST_PAUSE * 2.0**task.tries, LONGEST_PAUSE)
        task.tries, task.due = task.tries + 1, t + max(pause, wait)
        self._waiting.append(task)
        return False

    def close(self, t: float) -> None:
        """The run ends at `t`: what is held back is told, what is grave goes to all levels."""
        for notice, count in self._quiet.over(math.inf):
            self._enter(notice, t, count)
        for entry in self.entries:
            self._raise_levels(entry, t)
            if entry.notice.kind in GRAVE and not entry.acknowledged:
                while entry.level < len(entry.levels):
                    self._raise_level(entry, t)

    def next(self, t: float) -> float | None:
        """When there is something to do again, in s, at `t` or later; None for nothing."""
        times = [
            self._ready(task) for task in self._waiting if self._channel(task) not in self._busy
        ]
        times += [entry.next_level for entry in self.entries if entry.next_level is not None]
        held_back = self._quiet.next()
        times += [] if held_back is None else [held_back]
        return max(min(times), t) if times else None

    def is_idle(self, until: float) -> bool:
        """Whether no message is under way, nor will be before `until`, in s."""
        return not self._busy and all(self._ready(task) > until for task in self._waiting)

    def _enter(self, notice: Notice, t: float, times: int) -> None:
        levels = levels_for(notice.kind, self._config.routes)
        entry = Entry(self._count, notice, t, levels, times)
        self._count += 1
        self.entries.append(entry)
        self._tell(entry)

    def _raise_levels(self, entry: Entry, t: float) -> None:
        while entry.next_level is not None and entry.next_level <= t:
            self._raise_level(entry, t)

    def _raise_level(self, entry: Entry, t: float) -> None:
        for to in entry.levels[entry.level].to:
            if to not in entry.told:
                entry.told[to] = ""
                self._waiting.append(Task(entry, to, t))
        entry.level += 1

    def _drop(self, entry: Entry) -> None:
        for task in [task for task in self._waiting if task.entry is entry]:
            self._waiting.remove(task)
            entry.told[task.to] = "needless"

    def _release(self, task: Task, t: float) -> None:
        channel = self._channel(task)
        self._busy.discard(channel)
        self._free[channel] = t + self._config.channels[channel].pace

    def _ready(self, task: Task) -> float:
        return max(task.due, self._free.get(self._channel(task), task.due))

    def _channel(self, task: Task) -> str:
        return self._config.recipients[task.to].channel
