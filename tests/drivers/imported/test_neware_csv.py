"""Neware's layered export, written by hand in both languages and both encodings."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.imported.neware_csv import NewareCsv
from tests.drivers.imported.folders import refusal, result, source, whole_or_refused

CHINESE = """循环序号,充电容量(mAh),放电容量(mAh)
,工步序号,工步名称,工步时间(h:min:s.ms),容量(mAh)
,,记录序号,时间(h:min:s.ms),电压(V),电流(mA),容量(mAh),能量(mWh),绝对时间
"""
ENGLISH = """Cycle ID,Cap_Chg(Ah),Cap_DChg(Ah)
,Step ID,Step Name,Step Time(h:min:s.ms),Capacity(Ah)
,,Record ID,Time(h:min:s.ms),Voltage(V),Current(A),Capacity(Ah),Energy(Wh),Realtime
"""
ROWS = """1,500.000,499.000
,1,{rest},0:00:10.000,0
,,1,0:00:00.000,3.0000,0,0,0,2026-01-02 03:04:05
,,2,0:00:10.000,3.0100,0,0,0,2026-01-02 03:04:15
,2,{charge},1:00:00.000,500
,,3,0:00:00.000,3.2000,500,0,0,2026-01-02 03:04:15
,,4,1:00:00.000,4.2000,500,500,1850,2026-01-02 04:04:15
2,0.000,0.000
,3,{rest},0:00:01.500,0
,,5,0:00:01.500,4.1500,0,0,0,2026-01-02 04:04:17
"""
DISCHARGE = """,4,放电,0:59:52.800,499
,,5,0:00:00.000,4.1000,-500,0,0,2026-01-02 04:04:15
,,6,0:59:52.800,3.0000,-500,499,1800,2026-01-02 05:04:08
"""
TEXT = (
    (CHINESE + ROWS.format(rest="搁置", charge="恒流充电"))
    .replace("2,0.000,0.000\n,3", DISCHARGE + "2,0.000,0.000\n,5")
    .replace(",,5,0:00:01.500,4.1500", ",,7,0:00:01.500,4.1500")
)
GBK = TEXT.encode("gbk")


@pytest.mark.parametrize(("encoding", "named"), [("gbk", "gb18030"), ("utf-8-sig", "utf-8-sig")])
def test_a_record_in_chinese(encoding: str, named: str) -> None:
    found = result(NewareCsv, source(TEXT.encode(encoding), "电芯7.csv"))
    log, file = found.result, found.file
    assert file.encoding == named
    assert (file.sample, file.measured_utc) == ("电芯7", 1767323045.0)
    assert file.instrument.maker == "Neware" and file.instrument.simulated
    assert "2 恒流充电 1:00:00.000" in file.method
    np.testing.assert_array_equal(log.index, range(7))
    np.testing.assert_array_equal(log.cycle, [1, 1, 1, 1, 1, 1, 2])
    np.testing.assert_array_equal(log.step, [1, 1, 2, 2, 4, 4, 5])
    np.testing.assert_allclose(log.time, [0, 10, 10, 3610, 3610, 7202.8, 7204.3])
    np.testing.assert_allclose(log.voltage.values, [3.0, 3.01, 3.2, 4.2, 4.1, 3.0, 4.15])
    np.testing.assert_allclose(log.current.values, [0, 0, 0.5, 0.5, -0.5, -0.5, 0])
    np.testing.assert_allclose(log.charge.values[[3, 5]], [1800.0, 1796.4])
    np.testing.assert_allclose(log.energy.values[3], 6660.0)
    assert (log.charge.unit, log.energy.unit) == ("C", "J")


def test_a_record_in_english_with_other_units() -> None:
    text = ENGLISH + ROWS.format(rest="Rest", charge="CC Chg").replace("499.000", "0.000")
    log = result(NewareCsv, source(text.encode("utf-8"), "c.csv")).result
    np.testing.assert_allclose(log.charge.values[3], 500 * 3600.0)
    np.testing.assert_allclose(log.current.values[3], 500.0)


def test_the_bench_says_who_where_and_how_many() -> None:
    beside = {"points": 7, "utc_offset": 8.0}
    found = result(NewareCsv, source(GBK, "c.csv", **beside))
    assert found.file.measured_utc == 1767323045.0 - 8 * 3600
    assert not found.file.remarks
    assert "7 of 8 rows" in refusal(NewareCsv, source(GBK, "c.csv", points=8))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (",,6,0:59:52.800,3.0000,-500,499,1800,2026-01-02 05:04:08\n", "", "step 4 lasts 3592.8 s"),
        ("1,500.000,499.000", "1,500.000,900.000", "cycle 1 has discharged 3240 C"),
        (",,4,1:00", ",,9,1:00", "do not follow each other"),
        ("电压(V)", "电压", "states no unit"),
        ("记录序号", "序", "has not the header"),
        ("2026-01-02 03:04:05", "yesterday", "yesterday"),
        ("循环序号,", "x\n循环序号,", "has not the header"),
    ],
)
def test_what_is_missing_is_named(old: str, new: str, why: str) -> None:
    assert why in refusal(NewareCsv, source(TEXT.replace(old, new).encode("gbk"), "c.csv"))


def test_a_wrong_encoding_is_named() -> None:
    why = refusal(NewareCsv, source(GBK, "c.csv", encodings=("utf-8",)))
    assert "none of the declared encodings (utf-8)" in why
    assert "begins as utf-16" in refusal(NewareCsv, source(TEXT.encode("utf-16"), "c.csv"))


@given(st.integers(0, len(GBK) - 1))
def test_a_cut_file_is_refused_where_the_number_of_points_is_known(length: int) -> None:
    assert whole_or_refused(NewareCsv, source(GBK, "c.csv", points=7), length) is None


@given(st.integers(0, len(GBK) - 1))
def test_a_cut_file_else_ends_with_a_whole_cycle_and_says_so(length: int) -> None:
    found = whole_or_refused(NewareCsv, source(GBK, "c.csv"), length)
    if found is not None:
        assert len(found.result.index) == 6
        assert found.file.remarks == ("no end in this format: 3 whole steps, 6 points",)
