"""A camera over a table: what its picture holds."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.data.imaging import LARGE_BED, SMALL_BED
from sim_backends.models.imaging.bed import Bed, scribed
from sim_backends.models.imaging.sheet import PrintedSheet


@pytest.mark.parametrize("bed", [LARGE_BED, SMALL_BED])
def test_the_same_seed_gives_the_same_picture(bed: object) -> None:
    assert isinstance(bed, type(LARGE_BED))
    sheet = PrintedSheet(200 * bed.pitch, 150 * bed.pitch)
    first, again = (Bed(sheet, bed, 1, np.random.default_rng(1)).picture(0.0) for _ in range(2))
    assert np.array_equal(first.counts, again.counts)
    assert first.counts.shape == (bed.rows, bed.columns)
    dark = np.mean(first.counts < 0.4 * np.median(first.counts))
    assert 200 * 150 / (bed.rows * bed.columns) < dark < 0.11


def test_each_picture_is_a_new_placing() -> None:
    bed = Bed(PrintedSheet(0.2, 0.1), LARGE_BED, 1, np.random.default_rng(1))
    assert not np.array_equal(bed.picture(0.0).counts, bed.picture(50.0).counts)


def test_a_line_keeps_its_integral_however_narrow() -> None:
    sheet = PrintedSheet(0.3, 0.2, lines=5, line=0.1e-3)
    x = np.linspace(-0.16, 0.16, 400_001)
    covered = float(np.mean(scribed(sheet, x, 0.4e-3))) * 0.32
    assert covered == pytest.approx(5 * 0.1e-3, rel=1e-3)
