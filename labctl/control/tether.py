"""The worker's line to its guardian: watched in threads, and made anew when the guardian is lost.

A worker that no guardian can be started for has nobody who would make its bench safe: it ends.
"""

from __future__ import annotations

import logging
import queue
import subprocess
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from labctl.control import place
from labctl.control.line import Line, connect
from labctl.control.messages import Beat, FromWorker, ToWorker, to_worker
from labctl.control.place import Control
from labctl.control.waiting import wait_until
from labctl.errors import LabError, LinkError
from labctl.platform.processes import Process, is_alive, kill, start_apart

BEAT = 0.5
"""Seconds between two signs of life of a guardian."""

MISSED = 4
"""So many of them in a row that do not come are a guardian that hangs."""

STARTING = 10.0
"""Seconds that a new guardian has to be there."""

TRIES = 3
"""So many guardians are started one after the other before the worker gives up."""

GUARDIAN_LOG = "guardian.log"

_log = logging.getLogger(__name__)


class Owner(Protocol):
    """Whose line it is. Everything is called in the line's own threads."""

    def hear(self, message: ToWorker) -> None:
        """The guardian says something."""
        ...

    def standing(self) -> Iterable[FromWorker]:
        """What a new guardian has to know."""
        ...

    def replaced(self, text: str) -> None:
        """The guardian was lost, and there is a new one."""
        ...

    def alone(self, text: str) -> None:
        """The guardian was lost, and no new one can be started."""
        ...


def start_guardian(folder: Path, *more: str) -> subprocess.Popen[bytes]:
    """Start the guardian of the run in `folder`, apart from this process."""
    return start_apart(["-m", "labctl.guardian", str(folder), *more], folder / GUARDIAN_LOG)


class Tether:
    """The line of the worker of the run in `folder`, once it is `open`, until it is closed."""

    def __init__(self, folder: Path, owner: Owner) -> None:
        self._folder = folder
        self._owner = owner
        self._control: Control | None = None
        self._line: Line[ToWorker] | None = None
        self._changed = threading.Condition()
        self._ended = False
        self._queue: queue.Queue[Callable[[], FromWorker | None] | None] = queue.Queue()
        self._started: list[subprocess.Popen[bytes]] = []
        self._threads = (
            threading.Thread(target=self._read, name="from the guardian", daemon=True),
            threading.Thread(target=self._write, name="to the guardian", daemon=True),
        )

    def open(self) -> None:
        """Connect to the guardian that started this worker; `LinkError` where there is none."""
        self._control = place.read(self._folder)
        if self._control is None:
            raise LinkError("nobody guards the run", remedy="labctl run starts a guardian")
        self._line = connect(self._control, "worker", to_worker)
        for thread in self._threads:
            thread.start()

    def post(self, make: Callable[[], FromWorker | None]) -> None:
        """Send what `make` gives when its turn comes, unless that is None."""
        self._queue.put(make)

    def close(self, patience: float = STARTING) -> None:
        """Hang up when all is sent; a guardian that does not take it is given `patience` in s."""
        self._queue.put(None)
        self._threads[1].join(patience)
        with self._changed:
            self._ended = True
            self._changed.notify_all()
            line = self._line
        if line is not None:
            line.close()
        for thread in self._threads:
            thread.join()

    def _write(self) -> None:
        while (make := self._queue.get()) is not None:
            message = make()
            while message is not None and not self._ended:
                if self._sent(message):
                    break

    def _sent(self, message: FromWorker) -> bool:
        """Whether `message` was sent; else returns when there is another line to try."""
        line = self._line
        assert line is not None
        try:
            line.send(message)
        except LinkError:
            line.close()
            with self._changed:
                self._changed.wait_for(lambda: self._line is not line or self._ended)
            return False
        return True

    def _read(self) -> None:
        missed = 0
        while not self._ended:
            line = self._line
            assert line is not None
            try:
                message = line.receive(BEAT)
                missed = missed + 1 if message is None else 0
                if missed > MISSED:
                    self._lost("gave no sign")
                elif message is not None and not isinstance(message, Beat):
                    self._owner.hear(message)
            except LinkError:
                self._lost("hung up")

    def _lost(self, why: str) -> None:
        """Find another guardian, or start one."""
        lost = self._control
        if self._ended or lost is None:
            return
        _log.warning("the guardian %s", why)
        for _ in range(TRIES):
            if self._ended:
                return
            kill(lost.process)
            if self._take(self._new(lost.process)):
                self._owner.replaced(f"guardian {lost.process.pid} {why}; another one took over")
                return
        self._owner.alone(f"guardian {lost.process.pid} {why}; no other one could be started")
        self._ended = True

    def _new(self, lost: Process) -> Control | None:
        """Another guardian than `lost`, started by us or by somebody else."""
        found = self._other(lost)
        if found is None:
            self._started.append(start_guardian(self._folder, "--adopt"))
            wait_until(lambda: self._other(lost) is not None or self._ended, STARTING)
            found = self._other(lost)
        return found

    def _other(self, lost: Process) -> Control | None:
        try:
            found = place.read(self._folder)
        except LabError:
            return None
        if found is None or found.process == lost or not is_alive(found.process):
            return None
        return found

    def _take(self, control: Control | None) -> bool:
        """Whether the guardian of `control` took the line."""
        if control is None:
            return False
        try:
            line = connect(control, "worker", to_worker)
            for message in self._owner.standing():
                line.send(message)
        except LinkError as error:
            _log.warning("%s", error)
            return False
        with self._changed:
            before, self._line, self._control = self._line, line, control
            self._changed.notify_all()
        if before is not None:
            before.close()
        return True
