"""Height maps of Gwyddion, written by gwyfile's own writer."""

from __future__ import annotations

import io
from typing import Any

import gwyfile
import numpy as np
import pytest
from gwyfile.objects import GwyContainer, GwyDataField
from hypothesis import given
from hypothesis import strategies as st

from drivers.imported.gwy import Gwy
from tests.drivers.imported.folders import refusal, result, source, whole_or_refused

HEIGHTS = np.array([[1.0, 2.0, 3.0], [4.0, np.nan, 6.0]])
META = {
    **{
        "Date": "2026-01-02T03:04:05Z",
        "Sample": "S1",
        "Instrument": "AFM 1",
        "Manufacturer": "Acme",
    },
    **{"Serial number": "SIM-8", "Method": "tapping, 1 Hz", "Tip radius": "8 nm"},
}


def gwy(meta: dict[str, str] = META, plane: str = "um", height: str = "nm") -> bytes:
    field = GwyDataField(HEIGHTS, xreal=3.0, yreal=4.0, si_unit_xy=plane, si_unit_z=height)
    content: Any = GwyContainer()
    content["/0/data"] = field
    content["/0/data/title"] = "Height"
    content["/0/meta"] = GwyContainer(meta)
    stream = io.BytesIO()
    content.tofile(stream)
    return stream.getvalue()


def test_the_writer_is_read_by_its_own_reader() -> None:
    content: Any = gwyfile.load(io.BytesIO(gwy()))
    assert content["/0/data/title"] == "Height"


def test_a_map() -> None:
    found = result(Gwy, source(gwy(), "a.gwy"))
    np.testing.assert_allclose(found.height.values, HEIGHTS * 1e-9)
    assert (found.pitch_x.value, found.pitch_y.value) == (pytest.approx(1e-6), pytest.approx(2e-6))
    assert found.tip == pytest.approx(8e-9)
    file = found.file
    assert (file.reader, file.sample, file.instrument.serial) == ("gwyfile", "S1", "SIM-8")
    assert file.remarks == ("1 of 6 values of height are nan",)
    assert file.measured_utc == 1767323045.0


@pytest.mark.parametrize(
    ("key", "why"),
    [("Date", "no time"), ("Instrument", "no instrument"), ("Method", "no method")],
)
def test_what_is_missing_is_named(key: str, why: str) -> None:
    meta = {name: text for name, text in META.items() if name != key}
    assert why in refusal(Gwy, source(gwy(meta), "a.gwy"))


def test_units_must_be_there() -> None:
    assert "'V'" in refusal(Gwy, source(gwy(height="V"), "a.gwy"))
    assert "unit" in refusal(Gwy, source(gwy(plane=""), "a.gwy"))
    assert "unit" in refusal(Gwy, source(gwy(META | {"Tip radius": "8"}), "a.gwy"))


@given(st.integers(0, len(gwy()) - 1))
def test_a_cut_file_is_refused(length: int) -> None:
    assert whole_or_refused(Gwy, source(gwy(), "a.gwy"), length) is None
