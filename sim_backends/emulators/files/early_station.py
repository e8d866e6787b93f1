"""A station whose bench may be opened before run time 0, as that of a resumed run is.

There a run identifies its instruments, for which a reader needs one file; nothing more happens
until the bench is as it was left.
"""

from __future__ import annotations

import math

import numpy as np

from sim_backends.emulators.files.station import FIRST, FileStation
from sim_backends.plugs.file_writer import Piece


class EarlyStation(FileStation):
    """Measures `FIRST` s after its bench was opened, whenever that is; before run time 0 once."""

    def __init__(self, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._next = -math.inf

    def send(self, t: float) -> list[Piece]:
        """Pieces that are written until `t` in s."""
        opening = self._next == -math.inf
        sent = super().send(t)
        if t < 0.0 and not opening:
            self._next = FIRST
        return sent
