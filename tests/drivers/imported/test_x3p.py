"""X3P, written by zipfile after the schema of ISO 25178-72."""

from __future__ import annotations

import hashlib
import io
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.imported.x3p import X3p
from tests.drivers.imported.folders import refusal, result, source, whole_or_refused

XML = """<?xml version="1.0" encoding="UTF-8"?>
<p:ISO5436_2 xmlns:p="http://www.opengps.eu/2008/ISO5436_2">
<Record1><Revision>ISO5436 - 2000</Revision><FeatureType>SUR</FeatureType><Axes>
<CX><AxisType>I</AxisType><DataType>D</DataType><Increment>1e-6</Increment><Offset>0</Offset></CX>
<CY><AxisType>I</AxisType><DataType>D</DataType><Increment>2e-6</Increment><Offset>0</Offset></CY>
<CZ><AxisType>A</AxisType><DataType>{kind}</DataType><Increment>{step}</Increment>
<Offset>0</Offset></CZ></Axes></Record1>
<Record2><Date>2026-01-02T03:04:05Z</Date><Instrument><Manufacturer>Acme</Manufacturer>
<Model>CSM 1</Model><Serial>SIM-4</Serial><Version>1.2</Version></Instrument>
<CalibrationDate>2025-12-01T00:00:00Z</CalibrationDate><ProbingSystem><Type>NonContacting</Type>
<Identification>50x</Identification></ProbingSystem><Comment>S1</Comment></Record2>
<Record3><MatrixDimension><SizeX>3</SizeX><SizeY>2</SizeY><SizeZ>1</SizeZ></MatrixDimension>
<DataLink><PointDataLink>bindata/data.bin</PointDataLink>
<MD5ChecksumPointData>{check}</MD5ChecksumPointData></DataLink></Record3>
</p:ISO5436_2>"""
HEIGHTS = np.array([[1.0, 2.0, 3.0], [4.0, np.nan, 6.0]]) * 1e-9


def x3p(
    data: bytes = HEIGHTS.tobytes(), kind: str = "D", step: str = "1", old: str = "", new: str = ""
) -> bytes:
    check = hashlib.md5(data, usedforsecurity=False).hexdigest().upper()
    xml = XML.format(kind=kind, step=step, check=check)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("main.xml", xml.replace(old, new) if old else xml)
        archive.writestr("bindata/data.bin", data)
    return stream.getvalue()


def test_a_map_of_floats() -> None:
    found = result(X3p, source(x3p(), "a.x3p"))
    np.testing.assert_array_equal(found.height.values, HEIGHTS)
    assert (found.pitch_x.value, found.pitch_y.value) == (1e-6, 2e-6)
    assert (found.file.instrument.serial, found.file.sample) == ("SIM-4", "S1")
    assert "50x" in found.file.method and "calibrated 2025-12-01" in found.file.method
    assert found.file.remarks == ("1 of 6 values of height are nan",)
    assert np.isnan(found.tip)


def test_a_map_of_whole_increments() -> None:
    data = np.array([[1, 2, 3], [-4, 5, 6]], dtype="<i2").tobytes()
    found = result(X3p, source(x3p(data, "I", "1e-9"), "a.x3p"))
    np.testing.assert_allclose(found.height.values, [[1e-9, 2e-9, 3e-9], [-4e-9, 5e-9, 6e-9]])


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("<SizeX>3", "<SizeX>4", "is torn"),
        ("<CalibrationDate>2025-12-01T00:00:00Z</CalibrationDate>", "", "calibrated"),
        ("<Increment>1e-6</Increment>", "", "CX/Increment"),
        ("<FeatureType>SUR", "<FeatureType>PCL", "no surface"),
        ("<Model>CSM 1</Model>", "", "no instrument"),
        ("<MD5ChecksumPointData>", "<MD5ChecksumPointData>00", "is spoilt"),
    ],
)
def test_what_is_missing_is_named(old: str, new: str, why: str) -> None:
    assert why in refusal(X3p, source(x3p(old=old, new=new), "a.x3p"))


@given(st.integers(0, len(x3p()) - 1))
def test_a_cut_file_is_refused(length: int) -> None:
    assert whole_or_refused(X3p, source(x3p(), "a.x3p"), length) is None
