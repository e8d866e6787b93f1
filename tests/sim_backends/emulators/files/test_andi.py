"""A chromatogram as scipy's netCDF reader sees it."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest

from tests.sim_backends.emulators.files.written import SEEDS, first, truth


@pytest.mark.parametrize("seed", SEEDS)
def test_a_chromatogram(seed: int) -> None:
    from scipy.io import netcdf_file

    with netcdf_file(io.BytesIO(first("andi", seed)), mmap=False) as opened:
        file: Any = opened
        assert file.sample_name == b"REF-01" and file.peak_amount_unit == b"mol/mol"
        names = [bytes(row.tobytes()).rstrip(b"\0").decode() for row in file.variables["peak_name"]]
        amounts = dict(zip(names, file.variables["peak_amount"][:].copy(), strict=True))
        areas = dict(zip(names, file.variables["peak_area"][:].copy(), strict=True))
        signal = file.variables["ordinate_values"][:].astype(float)
        interval = float(file.variables["actual_sampling_interval"].getValue())
    assert amounts == pytest.approx(truth("andi"), rel=0.008)
    time = np.arange(signal.size) * interval
    baseline = np.polyval(np.polyfit(time[time > 37.0], signal[time > 37.0], 1), time)
    inside = (time > 12.0) & (time < 20.0)
    area = (signal - baseline)[inside].sum() * interval
    assert area == pytest.approx(areas["N2"], rel=0.01)
