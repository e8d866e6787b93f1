"""Encodings by strict decoding of declared candidates; cells, units and numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.imported.source import Refused, factor, when
from drivers.imported.text import decoded, numbers, spelled, split_unit

BOTH = ("utf-8", "gb18030")


def head(text: str) -> bool:
    return text.startswith("电压")


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gbk", "gb18030"), ("gb18030", "gb18030")],
)
def test_the_encoding_is_found_and_named(encoding: str, named: str) -> None:
    found = decoded("电压(V)\n3.7\n".encode(encoding), BOTH, head)
    assert (found.encoding, found.lines) == (named, ["电压(V)", "3.7"])


@pytest.mark.parametrize("encoding", ["utf-16", "big5", "shift-jis"])
def test_another_encoding_is_named(encoding: str) -> None:
    with pytest.raises(Refused) as caught:
        decoded("电压(V)\n3.7\n".encode(encoding, "replace"), BOTH, head)
    assert "none of the declared" in str(caught.value) or "has not the header" in str(caught.value)


def test_what_two_encodings_read_differently_is_not_guessed() -> None:
    data = "x\u00e9\u00e9\n".encode()
    with pytest.raises(Refused, match="reads differently in gb18030 and latin-1"):
        decoded(data, ("gb18030", "latin-1"), lambda text: text.startswith("x"))
    assert decoded(data, BOTH, lambda text: True).encoding == "utf-8"


@given(st.text("电压电流容量工步VA(),.0123456789\n", min_size=1))
def test_gbk_is_never_read_as_something_else(text: str) -> None:
    whole = "电压,循环序号\n" + text
    found = decoded(whole.encode("gbk"), BOTH, lambda one: one.startswith("电压,循环序号"))
    assert found.text == whole


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Voltage(V)", ("Voltage", "V")),
        ("x [mm]", ("x", "mm")),
        ("Current/mA", ("Current", "mA")),
        ("Time(h:min:s.ms)", ("Time", "h:min:s.ms")),
        ("plain", ("plain", "")),
    ],
)
def test_names_with_units(text: str, parts: tuple[str, str]) -> None:
    assert split_unit(text) == parts


def test_cells() -> None:
    np.testing.assert_allclose(
        numbers([["1", ""], ["nan", "2e3"]], 2), [[1, np.nan], [np.nan, 2e3]]
    )
    with pytest.raises(Refused, match="row 2 has 1 of 2 cells"):
        numbers([["1", "2"], ["3"]], 2)
    with pytest.raises(Refused, match="row 1, column 2 is no number: 'x'"):
        numbers([["1", "x"]], 2)


def test_units() -> None:
    assert factor(spelled("\u00b5m"), "m") == factor(spelled("\u03bcm"), "m") == 1e-6
    assert factor(spelled("mAh"), "C") == pytest.approx(3.6)
    with pytest.raises(Refused, match="states no unit"):
        factor("", "m")
    with pytest.raises(Refused, match="'V'"):
        factor("V", "m")


def test_times_without_a_zone_are_those_of_the_bench() -> None:
    assert when("2026-01-01T08:00:00", 8.0) == when("2026-01-01T00:00:00Z", 0.0) == 1767225600.0
