"""A quantum efficiency, a row of frames and a picture of a sheet, as the files tell them."""

from __future__ import annotations

import numpy as np
import pytest

from tests.system.imported_files import (
    ONCE,
    SEEDS,
    result,
    truth,
)


@pytest.mark.parametrize("seed", SEEDS)
def test_absorption_edge(seed: int) -> None:
    spectrum = result(ONCE, seed).result
    x, y = spectrum.wavelength.values, spectrum.signal.values
    # By Katahara and Hillhouse the efficiency is half its plateau at the gap; hc is 1.23984 eV um.
    plateau = np.median(y[(x > 550e-9) & (x < 650e-9)])
    red = x > 650e-9
    edge = float(np.interp(-0.5 * plateau, -y[red], x[red]))
    assert 1.239842e-6 / edge == pytest.approx(truth(ONCE)["gap"], abs=0.004)


@pytest.mark.parametrize("seed", SEEDS)
def test_frames(seed: int) -> None:
    (brightness,) = result("frame_detector", seed).result
    values, interval = brightness.values.values, np.diff(brightness.time)
    assert interval == pytest.approx(2e-3, rel=1e-4)
    assert np.ptp(values) > 1000.0


@pytest.mark.parametrize("seed", SEEDS)
def test_printed_sheet(seed: int) -> None:
    image = result("light_table", seed).result
    assert image.counts.values.ndim == 2 and image.pitch.value > 0.0 and image.saturated == 0
