"""TIFF, PNG and HDF5 of a beam, read by other programs and evaluated by ISO 11146."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.sim_backends.emulators.files.written import SEEDS, SERIAL, first, truth

PITCH = 20e-6


def from_tiff(data: bytes) -> tuple[Any, float, str]:
    image: Any = Image.open(io.BytesIO(data))
    tags = image.tag_v2
    assert tags[296] == 3 and tags[282] == tags[283]
    assert tags[271] == "labctl" and float(tags[33434]) == pytest.approx(0.01)
    assert 'PhysicalSizeX="20" PhysicalSizeXUnit="&#181;m"' in tags[270]
    return np.asarray(image), 0.01 / float(tags[282]), tags[270]


def from_png(data: bytes) -> tuple[Any, float, str]:
    image: Any = Image.open(io.BytesIO(data))
    # Pillow tells pHYs in dots per inch.
    return np.asarray(image), 0.0254 / image.info["dpi"][0], str(image.info)


def from_hdf5(data: bytes) -> tuple[Any, float, str]:
    import h5py

    with h5py.File(io.BytesIO(data)) as file:
        entry: Any = file[file.attrs["default"]]
        plot = entry[entry.attrs["default"]]
        picture = plot[plot.attrs["signal"]]
        x = plot[plot.attrs["axes"][1]]
        assert x.attrs["units"] == "m" and picture.attrs["pitch_units"] == "m"
        assert x[1] - x[0] == pytest.approx(picture.attrs["pitch_x"])
        assert entry["instrument/detector/count_time"][()] == 0.01
        assert entry["instrument/detector/data"] == picture
        about = entry["instrument/serial_number"][()].decode()
        sample = entry["sample/name"][()].decode()
        return picture[()], float(picture.attrs["pitch_y"]), about + sample


READERS: dict[str, Callable[[bytes], tuple[Any, float, str]]] = {
    "tiff": from_tiff,
    "png": from_png,
    "hdf5": from_hdf5,
}


def widths(counts: Any, pitch: float) -> tuple[float, float, float]:
    """D4sigma major and minor in m and azimuth in rad, within three widths about the centre."""
    y, x = np.mgrid[0 : counts.shape[0], 0 : counts.shape[1]].astype(float)
    weight = np.where(counts > 40, counts, 0).astype(float)
    total = weight.sum()
    dx, dy = x - (weight * x).sum() / total, y - (weight * y).sum() / total
    xx, yy, xy = ((weight * each).sum() / total for each in (dx * dx, dy * dy, dx * dy))
    root = math.hypot(xx - yy, 2.0 * xy)
    azimuth = 0.5 * math.atan2(2.0 * xy, xx - yy)
    return (
        pitch * math.sqrt(8.0 * (xx + yy + root)),
        pitch * math.sqrt(8.0 * (xx + yy - root)),
        azimuth,
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", READERS)
def test_the_beam_is_in_the_picture(name: str, seed: int) -> None:
    counts, pitch, about = READERS[name](first(name, seed))
    assert counts.dtype == np.uint16 and counts.shape == (160, 200)
    assert pitch == pytest.approx(PITCH, rel=1e-4)
    assert SERIAL in about and "REF-01" in about
    known = truth(name)
    major, minor, azimuth = widths(counts, pitch)
    assert major == pytest.approx(known["d4sigma_major"], rel=0.006)
    assert minor == pytest.approx(known["d4sigma_minor"], rel=0.006)
    assert azimuth == pytest.approx(known["azimuth"], abs=0.01)
    assert 50000 < counts.max() < 65535
