"""LAND's export of records, written by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.imported.land_csv import LandCsv
from tests.drivers.imported.folders import refusal, result, source, whole_or_refused

TEXT = """记录序号,循环序号,工步序号,测试时间/Sec,电压/V,电流/mA,容量/mAh,能量/mWh,系统时间
1,1,1,0,3.1,0,0,0,2026/1/2 3:04:05
2,1,2,10,3.2,100,0,0,2026/1/2 3:04:15
3,1,2,370,3.3,100,10,32.5,2026/1/2 3:10:15
"""
ENGLISH = (
    "Record,Cycle-Index,Step-Index,TestTime/Sec.,Voltage/V,Current/mA,Capacity/mAh,Energy/mWh,"
    "SysTime\n1,1,1,0:00:05.0,3.1,,0,0,2026-01-02 03:04:05\n"
)
DATA = TEXT.encode("gbk")


@pytest.mark.parametrize(("encoding", "named"), [("gbk", "gb18030"), ("utf-8", "utf-8")])
def test_a_record_in_chinese(encoding: str, named: str) -> None:
    found = result(LandCsv, source(TEXT.encode(encoding), "夹具/3.csv", points=3))
    log, file = found.result, found.file
    assert (file.encoding, file.sample, file.remarks) == (named, "3", ())
    assert file.measured_utc == 1767323045.0
    np.testing.assert_allclose(log.time, [0, 10, 370])
    np.testing.assert_allclose(log.current.values, [0, 0.1, 0.1])
    np.testing.assert_allclose(log.charge.values, [0, 0, 36.0])
    np.testing.assert_allclose(log.energy.values, [0, 0, 117.0])


def test_a_record_in_english_with_a_missing_value() -> None:
    found = result(LandCsv, source(ENGLISH.encode(), "a.csv"))
    assert found.result.time[0] == 5.0
    assert "1 of 1 values of current are nan" in found.file.remarks
    assert "no end in this format: 1 points that are there" in found.file.remarks


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("3,1,2,370", "4,1,2,370", "do not follow"),
        ("2,1,2,10,", "2,1,2,-1,", "times do not rise"),
        ("电流/mA", "电流", "states no unit"),
        (",系统时间", "", "no column for date"),
        ("3.3,100", "3.3,abc", "'abc'"),
    ],
)
def test_what_is_missing_is_named(old: str, new: str, why: str) -> None:
    assert why in refusal(LandCsv, source(TEXT.replace(old, new).encode(), "a.csv", points=3))


@given(st.integers(0, len(DATA) - 1))
def test_a_cut_file_is_refused_where_the_number_of_points_is_known(length: int) -> None:
    assert whole_or_refused(LandCsv, source(DATA, "a.csv", points=3), length) is None


@given(st.integers(0, len(DATA) - 1))
def test_a_cut_file_else_says_that_there_is_no_end(length: int) -> None:
    found = whole_or_refused(LandCsv, source(DATA, "a.csv"), length)
    if found is not None:
        count = len(found.result.index)
        np.testing.assert_allclose(found.result.voltage.values, [3.1, 3.2, 3.3][:count])
        assert found.file.remarks == (f"no end in this format: {count} points that are there",)


def test_the_last_line_may_be_the_mark() -> None:
    data = TEXT.encode() + b"Finished\n"
    assert len(result(LandCsv, source(data, "a.csv", end="Finished")).result.index) == 3
    assert "does not begin with" in refusal(LandCsv, source(TEXT.encode(), "a.csv", end="Finished"))
