"""The event recorder writes a storyboard each two hundred seconds."""

from __future__ import annotations

import numpy as np

from sim_backends.emulators.files.station import FIRST
from sim_backends.emulators.files.storyboard import PERIOD, StoryboardRecorder
from sim_backends.models.imaging.photograph import Photograph


class Wall:
    """Something to look at that never changes."""

    technique = "light"

    def picture(self, t: float) -> Photograph:
        counts = np.full((20, 8), 500, dtype=np.uint16)
        return Photograph(counts, 1e-3, 0.02, self.technique, "labctl", "EV", "storyboard")


def test_one_file_a_period_and_none_in_between() -> None:
    recorder = StoryboardRecorder(Wall(), serial="SIM-7", rng=np.random.default_rng(1))
    written: list[tuple[float, str]] = []
    t = 0.0
    while t < 2.5 * PERIOD:
        written += [(t, piece.name) for piece in recorder.send(t) if piece.last]
        due = recorder.due()
        assert due is not None and due > t
        t = due
    times = [one for one, _ in written]
    assert len({name for _, name in written}) == 3
    assert times[0] - FIRST < 5.0
    assert np.allclose(np.diff(times), PERIOD)
