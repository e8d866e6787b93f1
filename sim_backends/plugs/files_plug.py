"""The door `sim:files`: a temporary folder into which a simulated instrument's software writes.

The folder is made when the bench opens and removed when it closes. Each piece is written with the
file opened for it and closed after it, so that a reader sees a growing file, also where time is
virtual. A file's time of change is set to the clock of the bench, since it is part of what is read.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from labctl import clock
from labctl.errors import BenchError, Defect
from sim_backends.fault_kinds import LineLost
from sim_backends.plugs.file_writer import FileWriter, Piece, portable

NOTES = "labctl-import.toml"
"""Name of the laboratory's own notes beside the files."""

KEPT = 64
"""Files that the folder holds; the oldest is removed for a new one, so that no disk fills up."""


class FilesDoor:
    """`writer` at work in a folder of its own, on the running event loop; fits `doors.Door`."""

    def __init__(self, name: str, writer: FileWriter) -> None:
        self._name = name
        self._writer = writer
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._names: dict[str, None] = {}
        self._timer: asyncio.TimerHandle | None = None

    @property
    def folder(self) -> Path:
        """Where the files are; `BenchError` while the door is closed."""
        if self._folder is None:
            raise BenchError(f"{self._name}: the simulated folder is not open")
        return Path(self._folder.name)

    @property
    def address(self) -> str:
        """`folder://path?pattern=*.tif&old=1`: files that are there when it is opened count too."""
        return f"folder://{self.folder.as_posix()}?pattern=*{self._writer.suffix}&old=1"

    def start(self) -> None:
        """Make the folder and begin to measure."""
        self._folder = tempfile.TemporaryDirectory(
            prefix=f"labctl-{self._name}-", ignore_cleanup_errors=True
        )
        if self._writer.notes:
            (self.folder / NOTES).write_text(self._writer.notes, encoding="utf-8")
        self._arm()

    def look_again(self) -> None:
        """The instrument was changed from outside: it may be due earlier."""
        self._arm()

    def stop(self) -> None:
        """Remove the folder with all files. Stopping twice is no error.

        Where a reader still has a file open, Windows keeps that file until the system's own
        clean-up.
        """
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _arm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        due = self._writer.due()
        if due is not None and self._folder is not None:
            self._timer = asyncio.get_running_loop().call_at(due, self._act)

    def _act(self) -> None:
        self._timer = None
        try:
            for piece in self._writer.send(clock.now()):
                self._write(piece)
        except LineLost:
            self.stop()
        self._arm()

    def _write(self, piece: Piece) -> None:
        if not portable(piece.name):
            raise Defect(f"{self._name} writes {piece.name!r}, which is no name for a file")
        path = self.folder / piece.name
        if piece.name not in self._names:
            self._make_room()
            self._names[piece.name] = None
        with path.open("ab") as file:
            file.write(piece.data)
        _, now = clock.stamp()
        os.utime(path, (now, now))

    def _make_room(self) -> None:
        while len(self._names) >= KEPT:
            oldest = next(iter(self._names))
            (self.folder / oldest).unlink(missing_ok=True)
            del self._names[oldest]
