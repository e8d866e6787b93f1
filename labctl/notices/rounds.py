"""What a guardian looks at each minute: room on the disk, and calibrations that end."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from labctl import clock
from labctl.desk import Notice, NoticeKind
from labctl.notices.sources import calibration, short_disk, still_needed
from labctl.rehearsing import Certificate
from labctl.requests import Progress
from labctl.words import Words

EVERY = 60.0
"""Seconds between two rounds."""

_log = logging.getLogger(__name__)


class Rounds:
    """Goes round for the run in `folder`; `send` gets what people should hear of.

    At least `least` bytes must stay free. `due` is the last day of each calibration by what it
    belongs to.
    """

    def __init__(
        self,
        folder: Path,
        send: Callable[[Notice], None],
        least: float,
        due: Mapping[str, date] | None = None,
    ) -> None:
        self._folder = folder
        self._send = send
        self._least = least
        self._due = due or {}
        self._told_free = float("inf")
        self._told: set[tuple[str, str]] = set()

    async def go(self, progress: Callable[[], Progress | None]) -> None:
        """Go round for ever; `progress` is asked how far the run is."""
        while True:
            now = progress()
            done = 0.0 if now is None else (now.index + now.done) / max(now.count, 1)
            try:
                size, free = await asyncio.to_thread(self._sizes)
                self.look(size, free, done, clock.utc().date())
            except OSError as error:
                _log.warning("no round: %s", error)
            await clock.sleep(EVERY)

    def look(self, size: float, free: float, done: float, today: date) -> None:
        """`size` and `free` in bytes, `done` 0..1: tell what is news of it.

        A short disk is told again when half of what was free is gone.
        """
        text = short_disk(free, still_needed(size, done), self._least)
        if text is None:
            self._told_free = float("inf")
        elif free <= self._told_free / 2:
            self._told_free = free
            self._tell("disk", text)
        for of, due in self._due.items():
            ends = calibration(of, due, today)
            if ends is not None and (of, ends.template) not in self._told:
                self._told.add((of, ends.template))
                self._tell("calibration", ends)

    def _tell(self, kind: NoticeKind, text: Words) -> None:
        self._send(Notice(kind, text, utc=clock.wall().timestamp()))

    def _sizes(self) -> tuple[float, float]:
        size = sum(
            os.path.getsize(os.path.join(place, name))
            for place, _, names in os.walk(self._folder)
            for name in names
        )
        return float(size), float(shutil.disk_usage(self._folder).free)


def due_dates(certificates: Iterable[Certificate]) -> dict[str, date]:
    """The last day of each calibration that states one, by role."""
    return {one.of: one.due for one in certificates if one.due is not None}
