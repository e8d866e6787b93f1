"""Tensile curves as Bluehill and testXpert export them, written by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.imported.beside import Column
from drivers.imported.tensile_csv import TensileCsv
from tests.drivers.imported.folders import refusal, result, source, whole_or_refused

BLUEHILL = """"Test method","ISO 527-3, 50 mm/min"
"Specimen label","薄膜 1"
"Date","2026-01-02T03:04:05+00:00"
"System","Acme 5967"
"Serial number","SIM-55"

"Time","Extension","Load","Tensile strain"
"(s)","(mm)","(kN)","(%)"
"0.000","0.000","0.000","0.0"
"0.100","0.050","0.010","0.1"
"0.200","0.100","","0.2"
"""
TESTXPERT = """Prüfvorschrift;ISO 6892
Probe;P1
Datum;2026-01-02T03:04:05Z
Maschine;Z010
Nummer;4711
Prüfzeit [s];Weg [mm];Kraft [N]
0,0;0,0;0,0
0,1;0,25;12,5
Ende
"""
COLUMNS = {
    **{"time": Column("Prüfzeit"), "displacement": Column("Weg"), "force": Column("Kraft")},
    **{"sample": Column("Probe"), "date": Column("Datum"), "machine": Column("Maschine")},
    "serial": Column("Nummer"),
}
GERMAN = {"columns": COLUMNS, "decimal": ",", "end": "Ende", "encodings": ("utf-8", "cp1252")}
DATA = BLUEHILL.encode("gbk")


def test_bluehill_needs_no_mapping() -> None:
    found = result(TensileCsv, source(DATA, "a.csv", points=3))
    curve, file = found.result, found.file
    np.testing.assert_allclose(curve.time, [0, 0.1, 0.2])
    np.testing.assert_allclose(curve.displacement.values, [0, 50e-6, 100e-6])
    np.testing.assert_allclose(curve.force.values, [0, 10.0, np.nan])
    np.testing.assert_allclose(curve.strain.values, [0, 0.001, 0.002])
    assert (file.sample, file.instrument.serial) == ("薄膜 1", "SIM-55")
    assert (file.encoding, file.measured_utc) == ("gb18030", 1767323045.0)
    assert "ISO 527-3, 50 mm/min" in file.method
    assert "1 of 3 values of force are nan" in file.remarks


@pytest.mark.parametrize(("encoding", "named"), [("utf-8", "utf-8"), ("cp1252", "cp1252")])
def test_testxpert_with_a_mapping(encoding: str, named: str) -> None:
    found = result(TensileCsv, source(TESTXPERT.encode(encoding), "a.TRA", **GERMAN))
    np.testing.assert_allclose(found.result.displacement.values, [0, 0.25e-3])
    np.testing.assert_allclose(found.result.force.values, [0, 12.5])
    assert found.result.strain is None
    assert (found.file.sample, found.file.encoding) == ("P1", named)
    assert (found.file.instrument.model, found.file.instrument.serial) == ("Z010", "4711")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('"(s)","(mm)","(kN)","(%)"', '"(s)","(mm)","()","(%)"', "no unit"),
        ('"(kN)"', '"(mm)"', "'mm'"),
        ('"Load"', '"Torque"', "has not the header"),
        ('"Date","2026-01-02T03:04:05+00:00"\n', "", "no time"),
        ('"0.200","0.100"', '"0.050","0.100"', "times do not rise"),
        ('"System","Acme 5967"\n', "", "no instrument"),
    ],
)
def test_what_is_missing_is_named(old: str, new: str, why: str) -> None:
    data = BLUEHILL.replace(old, new).encode()
    assert why in refusal(TensileCsv, source(data, "a.csv", points=3))


def test_its_length_must_be_known() -> None:
    assert "how many rows" in refusal(TensileCsv, source(DATA, "a.csv"))


@given(st.integers(0, len(DATA) - 1))
def test_a_cut_file_is_refused(length: int) -> None:
    assert whole_or_refused(TensileCsv, source(DATA, "a.csv", points=3), length) is None


@given(st.integers(0, len(TESTXPERT.encode()) - 2))
def test_a_cut_file_with_a_last_line_is_refused_or_whole(length: int) -> None:
    file = source(TESTXPERT.encode(), "a.tra", **GERMAN)
    found = whole_or_refused(TensileCsv, file, length)
    if found is not None:
        np.testing.assert_allclose(found.result.force.values, [0, 12.5])
