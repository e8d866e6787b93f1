"""An index of similar content that speaks CUT1 over a link that takes its time, now more, now less
(docs/protocols/cut1.md, An index)."""

from __future__ import annotations

import numpy as np

from sim_backends.emulators.cut1.index import IndexProgram
from sim_backends.models.software.timed_index import TimedIndex


class TimedIndexProgram(IndexProgram):
    """A program whose index is `port`, which tells what its link takes of each line; its model is
    called by its role."""

    def __init__(self, port: TimedIndex, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(port, serial=serial, rng=rng)
        self._timed = port
        self._identity = f"labctl {port.name}-index {serial} 1.0"

    def _dispatch(self, line: bytes) -> tuple[str, float]:
        answer, work = super()._dispatch(line)
        return answer, work + self._timed.delay()


EMULATOR = TimedIndexProgram
