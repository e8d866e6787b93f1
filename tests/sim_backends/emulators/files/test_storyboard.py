"""The event recorder writes a storyboard each two hundred seconds."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from labctl.clock import VIRTUAL_EPOCH
from sim_backends.emulators.files.station import FIRST
from sim_backends.emulators.files.storyboard import PERIOD, StoryboardRecorder
from sim_backends.models.imaging.photograph import Photograph


class Wall:
    """Something to look at that never changes."""

    technique = "light"

    def picture(self, t: float) -> Photograph:
        counts = np.full((20, 8), 500, dtype=np.uint16)
        return Photograph(counts, 1e-3, 0.02, self.technique, "labctl", "EV", "storyboard")


def test_after_a_loss_of_power_it_has_no_frames_of_the_time_without() -> None:
    recorder = StoryboardRecorder(Wall(), serial="SIM-7", rng=np.random.default_rng(1))
    recorder.send(FIRST)
    recorder.power_on(90.0)
    assert recorder.due() == 90.0 + PERIOD
    assert [piece.name for piece in recorder.send(90.0 + PERIOD + 5.0) if piece.last] == [
        f"REF-01_SIM-7_{datetime.fromtimestamp(VIRTUAL_EPOCH + 90.0, UTC):%Y%m%dT%H%M%S}.ome.tif"
    ], "it states when its first frame was taken"


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
