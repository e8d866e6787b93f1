"""Rigaku RAS text, written by hand with the keys that other parties' readers know."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.imported.ras import Ras
from tests.drivers.imported.folders import refusal, result, source, whole_or_refused

TEXT = """*RAS_DATA_START
*RAS_HEADER_START
*FILE_SAMPLE "外延片 2"
*FILE_SYSTEM_NAME "SmartLab"
*HW_I_OPT_NAME-0 "Ge(220)x2"
*HW_XG_WAVE_LENGTH_ALPHA1 "1.540593"
*MEAS_COND_AXIS_NAME_INTERNAL-0 "TwoTheta"
*MEAS_COND_AXIS_POSITION-0 "60.4"
*MEAS_COND_AXIS_UNIT-0 "deg"
*MEAS_COND_AXIS_NAME_INTERNAL-1 "Omega"
*MEAS_COND_AXIS_POSITION-1 "30.2"
*MEAS_COND_AXIS_UNIT-1 "deg"
*MEAS_DATA_COUNT "3"
*MEAS_SCAN_AXIS_X "Omega"
*MEAS_SCAN_AXIS_X_INTERNAL "Omega"
*MEAS_SCAN_SPEED "3.0"
*MEAS_SCAN_SPEED_UNIT "deg/min"
*MEAS_SCAN_START_TIME "01/02/26 03:04:05"
*MEAS_SCAN_STEP "0.1"
*MEAS_SCAN_UNIT_X "deg"
*MEAS_SCAN_UNIT_Y "counts"
*RAS_HEADER_END
*RAS_INT_START
30.1000 20.0000 1.0000
30.2000 300.0000 10.0000
30.3000 21.0000 1.0000
*RAS_INT_END
*RAS_DATA_END
""".replace("\n", "\r\n")
DATA = TEXT.encode("gbk")


def test_a_rocking_curve() -> None:
    found = result(Ras, source(DATA, "a.ras", encodings=("gbk",)))
    assert found.axis == "omega"
    np.testing.assert_allclose(np.degrees(found.angle.values), [30.1, 30.2, 30.3])
    np.testing.assert_allclose(found.counts.values, [20, 3000, 21])
    assert found.time == pytest.approx(2.0)
    assert found.wavelength.value == pytest.approx(1.540593e-10)
    assert found.fixed == {"two_theta": pytest.approx(math.radians(60.4))}
    assert found.optics == "Ge(220)x2"
    assert (found.file.sample, found.file.measured_utc) == ("外延片 2", 1767323045.0)
    assert "an attenuator was in the beam" in found.file.remarks[0]
    assert found.file.instrument.maker == "Rigaku" and found.file.instrument.simulated


def test_counts_a_second() -> None:
    data = TEXT.replace('"counts"', '"cps"').encode()
    found = result(Ras, source(data, "a.ras", encodings=("utf-8",)))
    np.testing.assert_allclose(found.counts.values, [40, 6000, 42])


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("*RAS_DATA_END\r\n", "", "does not end with"),
        ('*MEAS_DATA_COUNT "3"', '*MEAS_DATA_COUNT "4"', "3 of 4 points"),
        ('*HW_XG_WAVE_LENGTH_ALPHA1 "1.540593"', "", "WAVE_LENGTH"),
        ('*HW_I_OPT_NAME-0 "Ge(220)x2"', "", "names no optics"),
        ('_UNIT_X "deg"', '_UNIT_X ""', "angles in deg"),
        ('_UNIT_Y "counts"', '_UNIT_Y "a.u."', "'a.u.'"),
        ('_X_INTERNAL "Omega"', '_X_INTERNAL "Zs"', "'Zs'"),
        ('"01/02/26 03:04:05"', '"?"', "no time of measurement"),
        ('"deg/min"', '"knots"', "'knots'"),
    ],
)
def test_what_is_missing_is_named(old: str, new: str, why: str) -> None:
    data = TEXT.replace(old, new).encode()
    assert why in refusal(Ras, source(data, "a.ras", encodings=("utf-8",)))


@given(st.integers(0, len(TEXT.encode()) - 2))
def test_a_cut_file_is_refused(length: int) -> None:
    file = source(TEXT.encode(), "a.ras", encodings=("utf-8",))
    assert whole_or_refused(Ras, file, length) is None
