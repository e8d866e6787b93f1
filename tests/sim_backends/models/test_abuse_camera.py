"""The event camera: a lamp that changes each second, a flame and a burst where the bed has them."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.data import abuse as data
from sim_backends.models.abuse_bed import AbuseBed
from sim_backends.models.abuse_camera import CASE_AT, FLAME_AT, FRAMES, LAMP_AT, EventCamera
from sim_backends.models.imaging.photograph import FULL
from sim_backends.models.thermal_runaway import AbusedCell, Cells
from sim_backends.models.vent_gas import Gas
from sim_backends.streams import stream

UNSAFE = AbusedCell(0.9, 0.16, 0.32, 0.13, 52.0, 1.5e-3, 6.0, 120.0, 1e-4, data.LITHIUM_CURVE)


def frames(vent: float, short: float, t: float) -> np.ndarray:
    bed = AbuseBed(Cells([UNSAFE], 1, 23.0), [1.0], Gas((vent,)), 0.0)
    bed.act(0.0, short=short)
    seen = EventCamera(bed, stream(1, "camera")).picture(t).counts
    return np.asarray(seen, dtype=float).reshape(FRAMES, -1, seen.shape[1])


def test_the_lamp_changes_each_second() -> None:
    lamp = frames(1e-4, 0.0, 300.0)[:, *LAMP_AT].mean(axis=(1, 2))
    assert (np.abs(np.diff(lamp)) > 20000.0).all()


@pytest.mark.parametrize(("vent", "left"), [(1e-4, True), (8e-6, False)])
def test_a_fire_saturates_and_a_burst_case_is_gone(vent: float, left: bool) -> None:
    seen = frames(vent, 100.0, 199.0)
    assert (seen[:, *FLAME_AT] >= FULL).sum() > 20
    wall = np.median(seen[-1])
    assert (seen[-1][CASE_AT].mean() > 1.3 * wall) == left
