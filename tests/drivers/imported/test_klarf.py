"""KLARF 1.2 written by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.imported.klarf import Klarf
from tests.drivers.imported.folders import Folder, refusal, result, run, source, whole_or_refused

TEXT = """FileVersion 1 2;
FileTimestamp 01-02-26 03:10:00;
InspectionStationID "KLA-Tencor" "SP2" "SIM-77";
SampleType WAFER;
ResultTimestamp 01-02-2026 03:04:05;
LotID "L1";
SampleSize 1 200;
SetupID "R1" 01-01-2026 00:00:00;
StepID "CMP";
SampleOrientationMarkType NOTCH;
OrientationMarkLocation {notch};
DiePitch 1.0e+004 2.0e+004;
DieOrigin 0.0 0.0;
WaferID "W 01";
SampleCenterLocation 5.0e3 1.0e4;
ClassLookup 2
 0 "Unclassified"
 1 "Particle; round";
InspectionTest 1;
AreaPerTest 3.0e+010;
DefectRecordSpec 9 DEFECTID XREL YREL XINDEX YINDEX DSIZE CLASSNUMBER IMAGECOUNT IMAGELIST ;
DefectList
 1 6000.0 11000.0 0 0 0.25 1 0 0
 2 1000.0 2000.0 -1 2 1.5 0 2 1 0 2 0
 3 5000.0 10000.0 3 0 2 7 0 0;
SummarySpec 5 TESTNO NDEFECT DEFDENSITY NDIE NDEFDIE;
SummaryList
 1 3 0.01 4 3;
EndOfFile;
"""
DATA = TEXT.format(notch="DOWN").encode()
X = np.array([1000.0, -14000.0, 30000.0]) * 1e-6
Y = np.array([1000.0, 32000.0, 0.0]) * 1e-6


def test_a_defect_map() -> None:
    found = result(Klarf, source(DATA, "a.klarf"))
    np.testing.assert_allclose(found.x, X, atol=1e-12)
    np.testing.assert_allclose(found.y, Y, atol=1e-12)
    np.testing.assert_allclose(found.size, [0.25e-6, 1.5e-6, 2e-6])
    assert found.kind == ("Particle; round", "Unclassified", "7")
    assert (found.area.value, found.area.unit) == (pytest.approx(0.03), "m**2")
    file = found.file
    assert (file.sample, file.instrument.serial) == ("W 01", "SIM-77")
    assert file.measured_utc == 1767323045.0
    assert "SetupID R1" in file.method


@pytest.mark.parametrize(("notch", "x", "y"), [("UP", -X, -Y), ("LEFT", -Y, X), ("RIGHT", Y, -X)])
def test_the_notch_is_turned_down(notch: str, x: np.ndarray, y: np.ndarray) -> None:
    found = result(Klarf, source(TEXT.format(notch=notch).encode(), "a.klarf"))
    np.testing.assert_allclose(found.x, x, atol=1e-12)
    np.testing.assert_allclose(found.y, y, atol=1e-12)


def test_lists_with_images_between_them() -> None:
    parted = " 2 1000.0 2000.0 -1 2 1.5 0 2 1 0 2 0;\nTiffFileName b.tif;\nDefectList\n"
    data = DATA.decode().replace(" 2 1000.0 2000.0 -1 2 1.5 0 2 1 0 2 0\n", parted)
    assert data != DATA.decode()
    found = result(Klarf, source(data.encode(), "a.klarf"))
    np.testing.assert_allclose(found.x, X, atol=1e-12)


def test_defects_by_the_role(tmp_path) -> None:
    async def body(driver: Klarf, folder: Folder) -> None:
        assert len((await driver.latest_defects()).x) == 3
        assert len(await driver.defects_of_sample("W 01")) == 1
        assert await driver.defects_of_sample("W 02") == ()

    run(tmp_path, Klarf, body, {"a.klarf": DATA})


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("EndOfFile;", "", "does not end with EndOfFile"),
        (" 1 3 0.01", " 1 4 0.01", "3 of 4 defects"),
        ("FileVersion 1 2", "FileVersion 1 1", "is KLARF 1.1"),
        ("OrientationMarkLocation DOWN;", "OrientationMarkLocation ;", ""),
        ("AreaPerTest 3.0e+010;", "", "no AreaPerTest"),
        ("SampleCenterLocation 5.0e3 1.0e4;", "", "no SampleCenterLocation"),
        (" 3 5000.0", " 3", ""),
        ('SetupID "R1" 01-01-2026 00:00:00;', "", "no method"),
    ],
)
def test_what_is_missing_is_named(old: str, new: str, why: str) -> None:
    assert why in refusal(Klarf, source(DATA.decode().replace(old, new).encode(), "a.klarf"))


def test_version_1_8_is_refused_by_name() -> None:
    data = b'Record FileRecord "1.8"\n{\n Field A 1 {"x"}\n}\nEndOfFile;\n'
    assert "1.8" in refusal(Klarf, source(data, "a.klarf"))


@given(st.integers(0, len(DATA) - 1))
def test_a_cut_file_is_refused_or_whole(length: int) -> None:
    found = whole_or_refused(Klarf, source(DATA, "a.klarf"), length)
    if found is not None:
        np.testing.assert_allclose(found.x, X, atol=1e-12)
