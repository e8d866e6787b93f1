"""A measuring station that writes one file a sample, by itself, one after another.

Nobody starts it: its first measurement ends `FIRST` s after the bench was opened, and one more
every `PERIOD` s, as a station with a sample changer does. At the end of a measurement its software
writes the file, in `PIECES` pieces, `GAP` s apart.
Its clock is that of the bench: run time 0 is `VIRTUAL_EPOCH`, also where the bench runs in real
time. A file's name is `<sample>_<serial>_<UTC>`, unique as long as the station runs.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from labctl.clock import VIRTUAL_EPOCH
from sim_backends.plugs.file_writer import Piece

FIRST, PERIOD = 1.0, 50.0
"""Seconds to the end of the first measurement, and from one to the next."""

PIECES, GAP = 5, 0.4
"""Pieces in which a file is written, and seconds between them."""

SAMPLE = "REF-01"
"""What the operator has typed as the name of the sample."""


@dataclass(frozen=True)
class Shot:
    """One measurement: its `number` from 1, run time `t` of its end in s, the `moment` in UTC at
    which it began, name of the `sample`, `serial` number of the instrument."""

    number: int
    t: float
    moment: datetime
    sample: str
    serial: str

    @property
    def stem(self) -> str:
        """Name of the file without its suffix."""
        return f"{self.sample}_{self.serial}_{self.moment:%Y%m%dT%H%M%S}"


class FileStation(ABC):
    """Fits `plugs.file_writer.FileWriter`; a format says what stands in the file."""

    suffix: str = ""
    notes: str = ""
    lasting: float = 0.0
    """How long a measurement takes in s."""

    def __init__(self, *, serial: str, rng: np.random.Generator) -> None:
        self.serial = serial
        self.rng = rng
        self._number = 0
        self._next = FIRST
        self._queue: list[tuple[float, Piece]] = []

    @abstractmethod
    def document(self, shot: Shot) -> bytes:
        """The whole file of one measurement."""

    def due(self) -> float | None:
        """When it measures next, or writes the next piece."""
        return min([self._next, *(t for t, _ in self._queue)])

    def send(self, t: float) -> list[Piece]:
        """Pieces that are written until `t`; nothing was measured while nobody could look, before
        its bench was opened."""
        if t - self._next > PERIOD:
            self._next = t + FIRST
        while self._next <= t:
            self._measure(self._next)
            self._next += PERIOD
        sent = [piece for when, piece in self._queue if when <= t]
        self._queue = [(when, piece) for when, piece in self._queue if when > t]
        return sent

    def power_on(self, t: float) -> None:
        """It restarts: what it was writing stays cut, the next measurement comes as at first."""
        self._queue = []
        self._next = t + FIRST

    def _measure(self, t: float) -> None:
        self._number += 1
        moment = datetime.fromtimestamp(VIRTUAL_EPOCH + t - self.lasting, UTC)
        shot = Shot(self._number, t, moment, SAMPLE, self.serial)
        data, name = self.document(shot), shot.stem + self.suffix
        size = -(-len(data) // PIECES)
        for index in range(PIECES):
            part = data[index * size : (index + 1) * size]
            self._queue.append((t + index * GAP, Piece(name, part, index == PIECES - 1)))
