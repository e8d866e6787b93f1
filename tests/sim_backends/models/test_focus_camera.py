from __future__ import annotations

import numpy as np
import pytest

from sim_backends.data import beam as data
from sim_backends.models.beam_shutter import BeamShutter
from sim_backends.models.focus_camera import FocusCamera, FocusErrors
from sim_backends.models.laser_beam import AxisBeam, LaserBeam, Order, width
from sim_backends.models.linear_axis import LinearAxis

WAVELENGTH = 1.24e-6
X, Y = AxisBeam(0.107, 2.28e-3, 0.6), AxisBeam(0.054, 2.27e-3, 0.6)


def camera(errors: FocusErrors, place: float = 0.0) -> tuple[FocusCamera, BeamShutter]:
    shutter = BeamShutter()
    beam = LaserBeam((Order(WAVELENGTH, X, Y, 0.0),))
    return FocusCamera(beam, LinearAxis(place), shutter, errors, seed=3, t0=0.0), shutter


def widths(counts: np.ndarray, dark: np.ndarray) -> tuple[float, float]:
    """D4sigma of columns and rows in pixels, of what stands 200 counts above the dark."""
    light = counts.astype(float) - dark
    light[light < 200.0] = 0.0
    total = light.sum()
    found = list[float]()
    for axis in (0, 1):
        sums = light.sum(axis=axis)
        place = np.arange(len(sums))
        middle = float(sums @ place) / total
        found.append(4.0 * float(sums @ (place - middle) ** 2 / total) ** 0.5)
    return found[0], found[1]


def test_a_shut_beam_leaves_the_dark() -> None:
    seen, _ = camera(FocusErrors(1.0, 1.0, 0.0, 0.0, 0.0))
    counts = seen.picture(1.0).counts.astype(float)
    assert counts.shape == (data.ROWS, data.COLUMNS)
    assert np.median(counts) == pytest.approx(data.PEDESTAL + 0.5 * data.SHADING, abs=20.0)
    assert (counts > data.PEDESTAL + 200.0).mean() == pytest.approx(data.HOT, rel=0.2)


def test_the_beam_has_its_width_where_the_carriage_stands() -> None:
    for place in (0.0, 8e-3):
        seen, shutter = camera(FocusErrors(1.0, 1.0, 0.0, 5e-5, -5e-5), place)
        dark = seen.picture(0.0).counts.astype(float)
        shutter.shutter(True, 0.5)
        picture = seen.picture(1.0)
        across, down = widths(picture.counts, dark)
        for found, axis in ((across, X), (down, Y)):
            true = width(axis, WAVELENGTH, data.FOCAL, data.FOCAL + place)
            assert found * data.PITCH == pytest.approx(true, rel=0.03)
        assert 30000 < picture.counts.max() < 65535


def test_errors_of_the_bench_move_what_is_seen() -> None:
    def seen(errors: FocusErrors) -> float:
        one, shutter = camera(errors)
        dark = one.picture(0.0).counts.astype(float)
        shutter.shutter(True, 0.5)
        return widths(one.picture(1.0).counts, dark)[0]

    right = seen(FocusErrors(1.0, 1.0, 0.0, 0.0, 0.0))
    assert seen(FocusErrors(1.1, 1.0, 0.0, 0.0, 0.0)) == pytest.approx(right / 1.1, rel=0.02)
    assert seen(FocusErrors(1.0, 1.1, 0.0, 0.0, 0.0)) == pytest.approx(right * 1.1, rel=0.02)
    assert seen(FocusErrors(1.0, 1.0, 4e-3, 0.0, 0.0)) != pytest.approx(right, rel=0.02)
