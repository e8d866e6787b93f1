"""The sender: a thread that works off the outbox of a run, in the process of its guardian.

Each channel has one message under way at a time, in a thread of its own: a mail server that does
not answer delays no webhook, and nothing delays the guardian.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty, SimpleQueue

from labctl import clock
from labctl.desk import Notice, NoticeKind
from labctl.notices import kept
from labctl.notices.config import NoticesConfig
from labctl.notices.kept import Accepted, Acknowledged, Failed, Repeated, Row, Told
from labctl.notices.listing import told, undelivered
from labctl.notices.message import message
from labctl.notices.outbox import Entry, Outbox, Task
from labctl.notices.undelivered import Undelivered

PATIENCE = 20.0
"""Seconds that the last messages of a run have."""

MARGIN = 5.0
"""Seconds more in which the sender itself has to end."""

_log = logging.getLogger(__name__)


class Sender:
    """Sends the notices of the run in `folder`; it goes on with those of a guardian before.

    `send` and `acknowledge` may be called in any thread and never wait, neither for people nor for
    a disk: the thread of the sender alone touches outbox and file.
    """

    def __init__(self, config: NoticesConfig, folder: Path) -> None:
        self._config = config
        self._file = folder / kept.FILE
        self._run = folder.name
        self._inbox: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._until: float | None = None
        self._written = True
        self._outbox = self._restored()
        self._pool = ThreadPoolExecutor(max(len(config.channels), 1), "notice")
        self._thread = threading.Thread(target=self._work, name="notices", daemon=True)
        self._thread.start()

    def send(self, notice: Notice) -> None:
        """Tell people of `notice`, as the configuration says."""
        self._inbox.put(lambda: self._accept(notice))

    def acknowledge(
        self, who: str, kinds: Collection[NoticeKind] | None = None, item: str | None = None
    ) -> None:
        """`who` has seen the notices of `kinds` of `item` (None: all)."""
        self._inbox.put(lambda: self._seen(who, kinds, item))

    def close(self, patience: float = PATIENCE) -> list[str]:
        """Send what is left, for `patience` s at most; who was not told of what, a line each.

        What is grave goes to all levels of escalation at once, since nobody is left to wait.
        """
        self._inbox.put(lambda: self._close(patience))
        self._thread.join(patience + MARGIN)
        if self._thread.is_alive():
            _log.error("the sender of notices hangs: %s may not be whole", self._file)
        self._pool.shutdown(wait=False, cancel_futures=True)
        left = list(undelivered(kept.stories(kept.rows(self._file)), self._config))
        for line in left:
            _log.error("%s", line)
        return left

    def _restored(self) -> Outbox:
        kept.mend(self._file)
        stories = kept.stories(kept.rows(self._file))
        first = max((story.number for story in stories), default=-1) + 1
        outbox = Outbox(self._config, self._entered, first)
        for story in stories:
            if not story.acknowledged:
                told = dict.fromkeys(story.told, "told") | dict.fromkeys(story.failed, "failed")
                outbox.restore(story.number, story.notice, told, clock.stopwatch())
        return outbox

    def _work(self) -> None:
        """The thread: hand out what is due, and do what comes in."""
        while True:
            now = clock.stopwatch()
            for task in self._outbox.due(now):
                self._pool.submit(self._deliver, task)
            if self._until is not None and (
                now >= self._until or self._outbox.is_idle(self._until)
            ):
                return
            self._do(self._pause(now))

    def _do(self, pause: float | None) -> None:
        """Do what comes in within `pause` s; a defect of ours costs one notice, not all later."""
        try:
            self._inbox.get(timeout=pause)()
        except Empty:
            return
        except Exception:
            _log.exception("a notice was lost")

    def _pause(self, now: float) -> float | None:
        """Seconds until there is something to do by itself; None for never."""
        times = [t for t in (self._outbox.next(now), self._until) if t is not None]
        return max(min(times) - now, 0.0) if times else None

    def _accept(self, notice: Notice) -> None:
        if not self._outbox.accept(notice, clock.stopwatch()):
            self._note(Repeated(notice))

    def _seen(self, who: str, kinds: Collection[NoticeKind] | None, item: str | None) -> None:
        found = self._outbox.acknowledge(kinds, item)
        if found:
            self._note(Acknowledged(tuple(entry.number for entry in found), who, _now()))

    def _close(self, patience: float) -> None:
        now = clock.stopwatch()
        self._outbox.close(now)
        self._until = now + patience

    def _deliver(self, task: Task) -> None:
        """Send one message, in a thread of the pool."""
        try:
            answer = self._sent(task)
        except Undelivered as undelivered:
            error = undelivered
        except Exception as unforeseen:
            _log.exception("notice to %s", task.to)
            error = Undelivered(f"{type(unforeseen).__name__}: {unforeseen}", final=True)
        else:
            self._inbox.put(lambda: self._delivered(task, answer))
            return
        self._inbox.put(lambda: self._failed(task, error))

    def _sent(self, task: Task) -> str:
        to, entry = self._config.recipients[task.to], task.entry
        text = message(
            entry.notice, self._run, to.language, times=entry.times, escalated=entry.escalated
        )
        return self._config.channels[to.channel].deliver(text, to.address)

    def _delivered(self, task: Task, answer: str) -> None:
        self._outbox.delivered(task, clock.stopwatch())
        self._note(Told(task.entry.number, task.to, answer, _now()))

    def _failed(self, task: Task, error: Undelivered) -> None:
        final = self._outbox.failed(task, clock.stopwatch(), final=error.final, wait=error.wait)
        self._note(Failed(task.entry.number, task.to, error.text, final, _now()))
        _log.log(
            logging.ERROR if final else logging.WARNING,
            "notice to %s (%s): %s", task.to, told(task.entry.notice), error.text,
        )  # fmt: skip

    def _entered(self, entry: Entry) -> None:
        self._note(Accepted(entry.number, entry.notice, entry.times))

    def _note(self, row: Row) -> None:
        try:
            kept.append(self._file, row)
        except OSError as error:
            # People are told all the same; only a guardian after this one will not know of it.
            if self._written:
                _log.error("%s cannot be written: %s", self._file, error)
            self._written = False


def _now() -> str:
    return clock.wall().isoformat(timespec="seconds")
