"""Wafer maps and spectra as CSV, written by hand after docs/protocols/result-files.md."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.imported.air import in_air
from drivers.imported.spectrum_csv import SpectrumCsv
from drivers.imported.wafer_csv import WaferCsv
from tests.drivers.imported.folders import refusal, result, source, whole_or_refused

WAFER = """Manufacturer,Acme
Model,WT-1
Serial Number,SIM-01
Wafer ID,W 1
Date,2026-01-02T03:04:05+00:00
Method,capacitive
Calibration,gauge block 700 um
Diameter (mm),200
Edge Exclusion (mm),3
Origin,centre
Notch,-y

Site,X (mm),Y (mm),Thickness (um),Sheet resistance (ohm)
1,-20.000,-95.000,726.512,10
2,20.000,,726.600,nan
""".replace("\n", "\r\n")
SPECTRUM = """Manufacturer,Acme
Model,SP-1
Serial Number,SIM-02
Sample,灯 1
Date,2026-01-02T03:04:05+00:00
Method,fibre
Integration Time (s),0.1
Averages,10
Dark,subtracted
Wavelength Medium,air
Saturation (counts),65535

Wavelength (nm),Intensity (counts)
600.0000,3
601.0000,65535
602.5,
"""
WAFER_DATA, SPECTRUM_DATA = WAFER.encode(), SPECTRUM.encode("gbk")


def test_a_wafer_map() -> None:
    found = result(WaferCsv, source(WAFER_DATA, "a.csv", points=2))
    np.testing.assert_allclose(found.x, [-0.02, 0.02])
    np.testing.assert_allclose(found.y, [-0.095, np.nan])
    assert list(found.values) == ["thickness", "sheet_resistance"]
    np.testing.assert_allclose(found.values["thickness"].values, [726.512e-6, 726.6e-6])
    assert (found.edge_exclusion, found.diameter) == (0.003, 0.2)
    assert (found.file.sample, found.file.instrument.serial) == ("W 1", "SIM-01")
    assert "Calibration: gauge block 700 um" in found.file.method
    assert "1 of 2 values of Sheet resistance are nan" in found.file.remarks


def test_a_wafer_map_with_its_notch_to_the_left() -> None:
    data = WAFER.replace("Notch,-y", "Notch,-x").encode()
    found = result(WaferCsv, source(data, "a.csv", points=2))
    assert (found.x[0], found.y[0]) == (pytest.approx(0.095), pytest.approx(-0.02))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("Origin,centre\r\n", "", "no 'Origin'"),
        ("Notch,-y\r\n", "", "no 'Notch'"),
        ("Notch,-y", "Notch,?", "where its notch points"),
        ("Edge Exclusion (mm),3\r\n", "", "no 'Edge Exclusion'"),
        ("Calibration,gauge block 700 um\r\n", "", "no 'Calibration'"),
        ("Thickness (um)", "Thickness", "states no unit"),
        ("Model,WT-1\r\n", "", "no instrument"),
        ("Method,capacitive\r\n", "", "no method"),
        ("2,20.000,,", "2,20.000,", "row 2 has 4 of 5 cells"),
    ],
)
def test_what_a_wafer_map_lacks_is_named(old: str, new: str, why: str) -> None:
    data = WAFER.replace(old, new).encode()
    assert why in refusal(WaferCsv, source(data, "a.csv", points=2))


def test_a_spectrum() -> None:
    found = result(SpectrumCsv, source(SPECTRUM_DATA, "a.csv", points=3))
    spectrum = found.result
    np.testing.assert_allclose(spectrum.wavelength.values, [600e-9, 601e-9, 602.5e-9])
    np.testing.assert_allclose(spectrum.signal.values, [3, 65535, np.nan])
    assert spectrum.saturated.tolist() == [False, True, False]
    assert (spectrum.exposure, spectrum.averages) == (0.1, 10)
    assert (found.file.sample, found.file.encoding) == ("灯 1", "gb18030")


def test_a_radiometric_spectrum_in_vacuum() -> None:
    text = SPECTRUM.replace("Medium,air", "Medium,vacuum").replace("(counts)", "(W/m2/nm)")
    found = result(SpectrumCsv, source(text.encode(), "a.csv", points=3)).result
    assert found.signal.unit == "W/m**3"
    assert found.signal.values[0] == pytest.approx(3e9)
    vacuum = np.array([600e-9, 601e-9, 602.5e-9])
    np.testing.assert_allclose(found.wavelength.values, in_air(vacuum), rtol=1e-12)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("Integration Time (s),0.1\n", "", "no 'Integration Time'"),
        ("Integration Time (s)", "Integration Time", "no unit"),
        ("Wavelength Medium,air\n", "", "no 'Wavelength Medium'"),
        ("Dark,subtracted", "Dark,none", "dark"),
        ("Intensity (counts)", "Intensity", "no unit"),
        ("Wavelength (nm)", "Wavelength (V)", "'V'"),
        ("Saturation (counts)", "Saturation (V)", "another unit"),
    ],
)
def test_what_a_spectrum_lacks_is_named(old: str, new: str, why: str) -> None:
    data = SPECTRUM.replace(old, new).encode()
    assert why in refusal(SpectrumCsv, source(data, "a.csv", points=3))


def test_the_file_may_say_how_many_rows_it_has() -> None:
    text = SPECTRUM.replace("Averages", "Points,3\nAverages")
    assert len(result(SpectrumCsv, source(text.encode(), "a.csv")).result.saturated) == 3
    assert "how many rows" in refusal(SpectrumCsv, source(SPECTRUM.encode(), "a.csv"))


@given(st.integers(0, len(WAFER_DATA) - 2))
def test_a_cut_wafer_map_is_refused(length: int) -> None:
    assert whole_or_refused(WaferCsv, source(WAFER_DATA, "a.csv", points=2), length) is None


@given(st.integers(0, len(SPECTRUM_DATA) - 1))
def test_a_cut_spectrum_is_refused(length: int) -> None:
    assert whole_or_refused(SpectrumCsv, source(SPECTRUM_DATA, "a.csv", points=3), length) is None
