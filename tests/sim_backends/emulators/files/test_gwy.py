"""A grating's map as gwyfile reads it."""

from __future__ import annotations

import io
from typing import Any

import gwyfile
import pytest

from tests.sim_backends.emulators.files.test_scanner import check_grating
from tests.sim_backends.emulators.files.written import SEEDS, SERIAL, first


@pytest.mark.parametrize("seed", SEEDS)
def test_a_map_as_gwyfile_reads_it(seed: int) -> None:
    found: Any = gwyfile.objects.GwyContainer.fromfile(io.BytesIO(first("gwy", seed)))
    field = found["/0/data"]
    assert field["si_unit_z"]["unitstr"] == field["si_unit_xy"]["unitstr"] == "m"
    assert found["/0/meta"]["Serial number"] == SERIAL
    check_grating(field.data, field["xreal"] / field["xres"])
