"""CHI text exports, written by hand: cyclic and linear voltammetry, amperometry."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.imported.chi_text import ChiText
from tests.drivers.imported.folders import refusal, result, source, whole_or_refused

HEAD = """Jan. 2, 2026   03:04:05
{technique}
File: c:\\数据\\cv1.bin
Data Source: Experiment
Instrument Model:  CHI660E
Header: ferrocene 1 mM
Note:

"""
CV = (
    HEAD.format(technique="Cyclic Voltammetry")
    + """Init E (V) = 0
High E (V) = 0.2
Low E (V) = 0
Init P/N = P
Scan Rate (V/s) = 0.1
Segment = 3
Sample Interval (V) = 0.1
Quiet Time (sec) = 2
Sensitivity (A/V) = 1e-5

Potential/V, Current/A

0.000, -1.0e-6
0.100, -2.0e-6
0.200, -3.0e-6
0.100, 1.0e-6
0.000, 2.0e-6
0.100, -2.0e-6
0.200, -3.0e-6
"""
)
IT = (
    HEAD.format(technique="Amperometric i-t Curve")
    + """Init E (V) = 0.4
Sample Interval (s) = 0.5
Run Time (sec) = 1

Time/sec, Current/A

0.5, 1e-6
1.0, 2e-6
"""
)
DATA = CV.encode("gbk")


def test_a_voltammogram_with_oxidation_positive() -> None:
    found = result(ChiText, source(DATA, "cv1.txt", polarity="cathodic"))
    curve, file = found.result, found.file
    np.testing.assert_allclose(curve.potential.values, [0, 0.1, 0.2, 0.1, 0, 0.1, 0.2])
    np.testing.assert_allclose(curve.current.values[:4], [1e-6, 2e-6, 3e-6, -1e-6])
    np.testing.assert_allclose(curve.time, np.arange(7.0))
    np.testing.assert_array_equal(curve.scan, [1, 1, 1, 1, 1, 2, 2])
    assert (file.instrument.model, file.sample) == ("CHI660E", "ferrocene 1 mM")
    assert (file.encoding, file.measured_utc) == ("gb18030", 1767323045.0)
    assert "Sensitivity (A/V) = 1e-5" in file.method
    assert "cathodic currents are positive in the file" in file.remarks


def test_the_other_sign() -> None:
    curve = result(ChiText, source(DATA, "cv1.txt", polarity="anodic")).result
    np.testing.assert_allclose(curve.current.values[:2], [-1e-6, -2e-6])


def test_rows_with_tabs_below_a_head_with_commas() -> None:
    data = CV.replace(", -", "\t-").replace(", 1.0e-6", "\t1.0e-6").encode()
    curve = result(ChiText, source(data, "cv1.txt", polarity="anodic")).result
    np.testing.assert_allclose(curve.current.values[:2], [-1e-6, -2e-6])


def test_amperometry() -> None:
    curve = result(ChiText, source(IT.encode(), "it.txt", polarity="anodic")).result
    np.testing.assert_allclose(curve.time, [0.5, 1.0])
    np.testing.assert_allclose(curve.potential.values, [0.4, 0.4])


def test_a_sweep_begins_within_one_interval_of_its_first_potential() -> None:
    text = CV.replace("Cyclic", "Linear Sweep").replace("Segment = 3\n", "Final E (V) = 0.2\n")
    lines = text.replace("0.000, -1.0e-6\n", "").splitlines(keepends=True)
    data = "".join(lines[:-4]).encode()
    curve = result(ChiText, source(data, "lsv.txt", polarity="anodic")).result
    np.testing.assert_allclose(curve.potential.values, [0.1, 0.2])


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("0.200, -3.0e-6\n", "", "is cut: its data cover"),
        ("Segment = 3", "Segment = 5", "is cut: its data cover 0.6 of 1 V"),
        ("Jan. 2, 2026", "", "no time of measurement"),
        ("Scan Rate (V/s) = 0.1\n", "", "no parameter 'Scan Rate'"),
        ("Instrument Model:", "Model:", "has not the header"),
        ("Potential/V, Current/A\n", "", "no table of currents"),
    ],
)
def test_what_is_missing_is_named(old: str, new: str, why: str) -> None:
    data = new.join(CV.rsplit(old, 1)).encode()
    assert why in refusal(ChiText, source(data, "cv.txt", polarity="anodic"))


def test_the_sign_must_be_stated() -> None:
    assert "which current is positive" in refusal(ChiText, source(DATA, "cv.txt"))


@given(st.integers(0, len(DATA) - 1))
def test_a_cut_file_is_refused(length: int) -> None:
    assert whole_or_refused(ChiText, source(DATA, "cv.txt", polarity="anodic"), length) is None
