"""Second moments against laserbeamsize: its published pictures, its generator of beams."""

from __future__ import annotations

from math import cos, sin
from pathlib import Path
from typing import Any

import laserbeamsize
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from procedures.analysis.second_moments import NoBeam, principal, second_moments

BEAMS = Path(__file__).resolve().parents[2] / "golden" / "beams"
THEIRS: Any = laserbeamsize


def beam(
    major: float, minor: float, turn: float, shape: tuple[int, int] = (400, 420)
) -> NDArray[np.float64]:
    """A Gaussian of widths D4sigma in pixels about (190.3, 205.7), 1000 in its middle."""
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float64)
    x, y = x - 190.3, y - 205.7
    along, across = cos(turn) * x + sin(turn) * y, cos(turn) * y - sin(turn) * x
    return 1000.0 * np.exp(-8.0 * ((along / major) ** 2 + (across / minor) ** 2))


@pytest.mark.parametrize("name", ["t-495mm-part.png", "t-580mm-part.png"])
def test_published_pictures_read_as_laserbeamsize_reads_them(name: str) -> None:
    """Theirs cuts off the background below three standard deviations, ours has no dark picture of
    them: both are given the picture without background, and must see the same beam in it."""
    picture = np.asarray(Image.open(BEAMS / name)).astype(np.float64)
    clean = THEIRS.subtract_iso_background(picture, iso_noise=False)
    x, y, major, minor, turn = THEIRS.beam_size(picture, iso_noise=False)
    found = second_moments(clean)
    large, small, azimuth = principal(found)
    assert (found.x, found.y) == pytest.approx((x, y), abs=1e-3)
    assert (large, small) == pytest.approx((major, minor), rel=5e-4)
    assert azimuth == pytest.approx(-turn, abs=2e-3)


@pytest.mark.parametrize(
    ("major", "minor", "turn"), [(80, 60, 0.3), (120, 118, 0.0), (60, 40, -0.6)]
)
def test_beams_of_their_generator(major: float, minor: float, turn: float) -> None:
    """Their angle runs the other way round; noise of 2 counts in 4095."""
    picture = THEIRS.create_test_image(
        500, 420, 260, 200, major, minor, turn, noise=2, ntype="gaussian", max_value=4095, rng=3
    )
    large, small, azimuth = principal(second_moments(picture.astype(np.float64)))
    theirs = THEIRS.beam_size(picture)
    assert (large, small) == pytest.approx((major, minor), rel=3e-3)
    assert (large, small) == pytest.approx((theirs[2], theirs[3]), rel=4e-3)
    if major > 1.1 * minor:
        assert azimuth == pytest.approx(-turn, abs=0.01)


def test_noise_and_an_even_background_do_not_widen() -> None:
    noise = 3.0 * np.random.default_rng(4).standard_normal((400, 420))
    large, small, turn = principal(second_moments(beam(70.0, 50.0, 0.4) + 37.0 + noise))
    # A point of the pixel's middle was drawn, so its own width, which is taken off, was not there.
    assert (large, small) == pytest.approx((69.99, 49.97), rel=2e-3)
    assert turn == pytest.approx(0.4, abs=0.01)


def test_what_is_no_whole_beam_is_refused() -> None:
    empty = np.random.default_rng(5).standard_normal((400, 420))
    for picture, why in (
        (beam(200.0, 180.0, 0.2), "fills the picture|do not lie"),
        (np.roll(beam(60.0, 60.0, 0.0), 150, axis=0), "do not lie"),
        (beam(5.0, 4.0, 0.0), "pixels wide|no width"),
        (np.zeros((400, 420)), "no light|no width"),
        (empty, "."),
    ):
        with pytest.raises(NoBeam, match=why):
            second_moments(picture)
