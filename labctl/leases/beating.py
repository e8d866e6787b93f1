"""The counter that a holder moves while it lives, and the look whether its leases are still its."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping

from labctl.leases.lease import Holder, Pulse
from labctl.leases.shelf import Shelf
from labctl.platform.processes import Process

_log = logging.getLogger(__name__)

TOLD = 2
"""After how many missed beats it is told."""


class Beating:
    """A thread that moves the counter of `holder` and looks at its files (stem -> number).

    `on_lost` is called in that thread with the stem of each file that a higher one has superseded:
    another run has taken this process for dead.
    """

    def __init__(
        self,
        shelf: Shelf,
        holder: Holder,
        numbers: Mapping[str, int],
        on_lost: Callable[[str], None] | None = None,
    ) -> None:
        self.lost: list[str] = []
        self._shelf = shelf
        self._holder = holder
        self._numbers = numbers
        self._on_lost = on_lost
        self._keepers: tuple[Process, ...] = ()
        self._beats = 0
        self._missed = 0
        self._writing = threading.Lock()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="leases", daemon=True)

    def start(self) -> None:
        """Begin to beat."""
        self._thread.start()

    def keep(self, process: Process) -> None:
        """Write down that `process` uses the bench as well."""
        self._keepers = (*self._keepers, process)
        self._beat()

    def end(self) -> None:
        """Beat no longer. A folder that does not answer is not waited for longer than a beat."""
        self._end.set()
        if self._thread.is_alive():
            self._thread.join(self._holder.beat)
        if self._writing.acquire(timeout=self._holder.beat):
            self._shelf.end_pulse(self._holder.token)
            self._writing.release()

    def _go_on(self) -> None:
        while not self._end.wait(self._holder.beat):
            self._beat()

    def _beat(self) -> None:
        try:
            with self._writing:
                if not self._end.is_set():
                    self._beats += 1
                    pulse = Pulse(self._beats, self._keepers)
                    self._shelf.write_pulse(self._holder.token, pulse)
            self._look()
        except OSError as error:
            # The run goes on: as long as nobody else takes the instruments, they are its own. One
            # beat may be missed: Windows replaces no file that somebody reads.
            self._missed += 1
            if self._missed == TOLD:
                _log.warning("the leases of %s cannot be kept up: %s", self._holder.run, error)
        else:
            self._missed = 0

    def _look(self) -> None:
        tops = self._shelf.tops()
        for stem, number in dict(self._numbers).items():
            if tops.get(stem, 0) > number and stem not in self.lost and not self._end.is_set():
                self.lost.append(stem)
                _log.error("another run took the lease %s, which was held", stem)
                self._tell(stem)

    def _tell(self, stem: str) -> None:
        try:
            if self._on_lost is not None:
                self._on_lost(stem)
        except Exception:
            # The other leases are kept up all the same.
            _log.exception("the loss of the lease %s could not be told", stem)
