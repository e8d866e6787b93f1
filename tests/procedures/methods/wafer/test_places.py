"""Two pictures of a place, and why they may be no evidence."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

from drivers.roles.arrays import ReadingArray
from drivers.roles.imported import ImportedFile
from drivers.roles.surface_topography import HeightMap
from labctl.evidence import Identity
from labctl.quantity import Quantity
from procedures.methods.wafer.places import reduced

WHO = Identity("labctl", "AFM-2", "SIM-1")


def picture(
    heights: NDArray[np.float64], side: float = 5e-6, done: tuple[str, ...] = ()
) -> HeightMap:
    data = heights.tobytes()
    file = ImportedFile(
        "a.gwy", str(hash(data)), len(data), "test", "1", "raw", "S-1", 0.0, 0.0, WHO
    )
    pitch = Quantity(side / heights.shape[1], "m")
    read = ReadingArray(heights, "m", 0.0, 0.0, "folder://x", "SIM-1")
    return HeightMap(file, read, pitch, pitch, 8e-9, done)


def surface(seed: int, size: int = 256) -> NDArray[np.float64]:
    """Waves of 0.25 um in x and in y of 0.2 nm, noise of 0.02 nm by `seed`."""
    y, x = np.mgrid[0:size, 0:size] * (5e-6 / size)
    waves = np.sin(2.0 * np.pi * x / 0.25e-6) + np.sin(2.0 * np.pi * y / 0.25e-6)
    return 2e-10 * waves + 2e-11 * np.random.default_rng(seed).standard_normal((size, size))


def test_two_pictures_tell_the_roughness_of_their_place() -> None:
    """Waves of 0.25 um lose 10 % to the S-filter and nothing to the L-filter."""
    told = reduced(picture(surface(1)), picture(surface(2)))
    assert told.fault == ""
    expected = 2e-10 * np.exp(-np.pi * (0.4697 * 0.1 / 0.25) ** 2)
    assert np.sqrt(told.square) == pytest.approx(expected, rel=0.01)
    assert told.correlation > 0.99 and told.tip == 8e-9
    assert told.side == pytest.approx(5e-6)


def test_each_fault_is_named_and_gives_no_figure() -> None:
    good = surface(1)
    cases = {
        "processed": (picture(good, done=("plane",)), picture(surface(2))),
        "unlike": (picture(good), picture(surface(2), side=4.9e-6)),
        "small": (picture(good, side=3e-6), picture(surface(2), side=3e-6)),
        "coarse": (picture(good, side=6e-6), picture(surface(2), side=6e-6)),
        "same": (picture(good), picture(good + 1e-9)),
    }
    told = {name: reduced(*pair) for name, pair in cases.items()}
    assert {name: one.fault for name, one in told.items()} == {name: name for name in cases}
    assert all(one.square == 0.0 for one in told.values())


def test_a_place_is_plain_data() -> None:
    told = reduced(picture(surface(1)), picture(surface(2)))
    assert msgspec.json.decode(msgspec.json.encode(told), type=type(told)) == told
