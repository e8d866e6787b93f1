"""Area of a layer from pictures: reduction and its uncertainty."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from drivers.roles.imported import ImportedFile
from drivers.roles.microscope_image import Micrograph
from labctl.evidence import Identity
from labctl.quantity import Quantity
from labctl.uncertainty import MonteCarlo
from procedures.methods.imaging.outline import Outlined, Pictures, reduced
from sim_backends.data.imaging import LARGE_BED
from sim_backends.models.imaging import sheet as sheets
from tests.procedures.methods.imaging.seen import SHEET, picture

NAN = float("nan")
BENCH = {
    "plate_pitch": Quantity(0.0, "dimensionless", 1e-4),
    "edge_definition": Quantity(0.0, "um", 30.0),
    "lens_residual": Quantity(0.0, "dimensionless", 1e-4),
    "sample_temperature": Quantity(0.0, "K", 1.0),
}


def micrograph(pixels: Any) -> Micrograph:
    file = ImportedFile("a.tif", "00", 1, "test", "1", "top", "", 0.0, 0.0, Identity("", "", ""))
    pitch = Quantity(LARGE_BED.pitch, "m")
    return Micrograph(file, pixels, pitch, "light", NAN, NAN, NAN, NAN, NAN)


@pytest.mark.parametrize("seed", range(3))
def test_the_area_is_true_within_the_errors_of_the_bench(seed: int) -> None:
    seen = reduced(micrograph(picture(seed=seed)), LARGE_BED.dots)
    true = sheets.area(SHEET)
    assert seen.layer == pytest.approx(true, rel=2e-3)
    assert seen.total == pytest.approx(sheets.total_area(SHEET), rel=3e-3)
    assert seen.scribed < 1e-3 * true
    assert seen.perimeter == pytest.approx(2.0 * (SHEET.width + SHEET.height), rel=0.02)


def test_every_contribution_of_the_bench_is_in_the_uncertainty() -> None:
    one = Outlined("00", 300, 1e-6, 0.1, 0.12, 0.001, 1.3)
    pictures = Pictures((one, one, one), Quantity(2e-5, "1/K"))
    u = float(np.std(pictures.area(MonteCarlo(20_000, 1), BENCH)[1:]))
    parts = (2e-4 * 0.1, 1e-4 * 0.1, 1.3 * 30e-6, 2 * 2e-5 * 0.1)
    assert u == pytest.approx(sum(part**2 for part in parts) ** 0.5, rel=0.02)
    assert [one.name for one in pictures.unstated({})] == list(BENCH)
    assert pictures.mean("active") == pytest.approx(0.099)
