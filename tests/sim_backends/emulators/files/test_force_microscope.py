"""The microscope's files, read by gwyfile, another party's reader."""

from __future__ import annotations

import io
from typing import Any

import gwyfile
import numpy as np
import pytest

from sim_backends.emulators.files.force_microscope import (
    POINTS,
    WIDTH,
    Z_SCALE,
    ForceMicroscope,
)
from sim_backends.models.wafer.surface import StepStandard, WaferSurface
from sim_backends.models.wafer.under_tip import UnderTip


def tip() -> UnderTip:
    wafer = WaferSurface(0.2e-9, 7e-8, 0.8, 0.0, 0.5e-6, 6e-8, 0.4, 0.0, 7)
    return UnderTip(wafer, StepStandard(44e-9, 1.6e-6, 1e-10, 1))


def written(port: UnderTip, until: float) -> list[Any]:
    """Contents of the files that are whole at `until` in s."""
    microscope = ForceMicroscope(port, serial="SIM-5", rng=np.random.default_rng(3))
    files: dict[str, bytes] = {}
    for piece in microscope.send(1.0) + microscope.send(until):
        files[piece.name] = files.get(piece.name, b"") + piece.data
    return [gwyfile.load(io.BytesIO(data)) for data in files.values()]


def test_a_file_holds_raw_heights_and_who_measured() -> None:
    port = tip()
    port.acted("tip/2", "W-2", 2.0)
    before, after = written(port, 55.0)
    data, meta = after["/0/data"], after["/0/meta"]
    assert (data["xres"], data["xreal"], data["yreal"]) == (POINTS, WIDTH, WIDTH)
    assert (meta["Sample"], meta["Serial number"], meta["Processing"]) == ("W-2", "SIM-5", "none")
    assert before["/0/meta"]["Sample"] == "unnamed"
    assert np.isfinite(data.data).all() and np.ptp(data.data) > 1e-9


def test_heights_have_the_scale_of_the_piezo() -> None:
    port = tip()
    port.acted("tip/standard", "step", 2.0)
    heights = written(port, 55.0)[1]["/0/data"].data
    profile = np.median(heights, axis=0)
    line = np.polyval(np.polyfit([20, 236], profile[[20, 236]], 1), np.arange(POINTS))
    step = (profile - line)[128]
    assert step == pytest.approx(44e-9, rel=Z_SCALE.gain + 0.2)
    assert step != pytest.approx(44e-9, rel=1e-4)


def test_a_second_picture_differs_by_noise_and_drift() -> None:
    port = tip()
    one, two = (each["/0/data"].data for each in written(port, 55.0))
    assert 1e-11 < float(np.std(np.diff(one - two, axis=1))) < 3e-10
