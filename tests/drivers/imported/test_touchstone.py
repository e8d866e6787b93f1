"""Touchstone files written by hand after the specification (IBIS, 1.1 and 2.0)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.imported.touchstone import Touchstone
from tests.drivers.imported.folders import refusal, result, source, whole_or_refused

HEAD = """! Acme Instruments,N9,SIM-12,A.01.02
! Date: 2026-01-02 03:04:05
! Correction: Full 2 Port SOLT, kit 85052D
! Sample: attenuator 7
! Points: 3
# GHz S RI R 50
"""
ROWS = """1.0  0.1 0.01  0.9 -0.2  0.8 -0.1  0.2 0.02
1.5  0.2 0.02  0.7 -0.3  0.6 -0.2  0.3 0.03 ! a comment
2.0  0.3 0.03  0.5 -0.4  0.4 -0.3  0.4 0.04
"""
TWO = (HEAD + ROWS).encode("utf-8")
SECOND = b"""[Version] 2.0
# Hz S MA R 75
[Number of Ports] 1
[Number of Frequencies] 2
[Reference] 75
! Acme Instruments,N9,SIM-12,A.01.02
! Date: 2026-01-02 03:04:05
! Calibration: one port
[Network Data]
1e6 0.5 90
2e6 1.0 180
[End]
"""


def test_two_ports_of_version_one() -> None:
    found = result(Touchstone, source(TWO, "a.s2p"))
    matrix, file = found.result, found.file
    np.testing.assert_allclose(matrix.frequency.values, [1.0e9, 1.5e9, 2.0e9])
    # columns of a file of two ports are S11, S21, S12, S22
    np.testing.assert_allclose(matrix.s[0], [[0.1 + 0.01j, 0.8 - 0.1j], [0.9 - 0.2j, 0.2 + 0.02j]])
    np.testing.assert_allclose(matrix.s[2, 1, 0], 0.5 - 0.4j)
    assert (matrix.impedance, matrix.calibration) == (50.0, "Full 2 Port SOLT, kit 85052D")
    assert (file.reader, file.instrument.serial) == ("scikit-rf", "SIM-12")
    assert (file.sample, file.measured_utc) == ("attenuator 7", 1767323045.0)
    assert "Full 2 Port" in file.method and "# GHz S RI R 50" in file.method
    assert matrix.frequency.utc == file.measured_utc
    assert matrix.frequency.t == pytest.approx(100.0 - (1767225700.0 - 1767323045.0))


def test_one_port_of_version_two_in_magnitude_and_angle() -> None:
    matrix = result(Touchstone, source(SECOND, "b.ts")).result
    np.testing.assert_allclose(matrix.frequency.values, [1e6, 2e6])
    np.testing.assert_allclose(matrix.s[:, 0, 0], [0.5j, -1.0], atol=1e-15)
    assert matrix.impedance == 75.0


def test_points_may_stand_beside_the_file() -> None:
    data = TWO.replace(b"! Points: 3\n", b"")
    assert "how many rows" in refusal(Touchstone, source(data, "a.s2p"))
    assert len(result(Touchstone, source(data, "a.s2p", points=3)).result.s) == 3
    assert "3 of 4 rows" in refusal(Touchstone, source(data, "a.s2p", points=4))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"! Correction: Full 2 Port SOLT, kit 85052D\n", b"", "names no correction"),
        (b"! Date: 2026-01-02 03:04:05\n", b"", "no time of measurement"),
        (b"! Acme Instruments,N9,SIM-12,A.01.02\n", b"", "names no instrument"),
        (b"# GHz S", b"# GHz Z", "no scattering parameters"),
        (b"# GHz S RI R 50\n", b"", "has not the header of its format"),
        (b"0.4 0.04\n", b"0.4\n", ""),
        (b"0.4 0.04\n", b"0.4 0.0x\n", ""),
    ],
)
def test_what_is_missing_is_named(old: bytes, new: bytes, why: str) -> None:
    assert why in refusal(Touchstone, source(TWO.replace(old, new), "a.s2p"))


@given(st.integers(0, len(TWO) - 1))
def test_a_cut_file_is_refused_or_whole(length: int) -> None:
    found = whole_or_refused(Touchstone, source(TWO, "a.s2p"), length)
    assert found is None


@given(st.integers(0, len(SECOND) - 1))
def test_a_cut_file_of_version_two_is_refused_or_whole(length: int) -> None:
    found = whole_or_refused(Touchstone, source(SECOND, "b.ts"), length)
    if found is not None:
        np.testing.assert_allclose(found.result.s[:, 0, 0], [0.5j, -1.0], atol=1e-15)
