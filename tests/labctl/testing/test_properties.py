from __future__ import annotations

import msgspec

from labctl.testing.properties import properties_of
from labctl.testing.summary import rows_of, table
from labctl.verdict import Outcome
from tests.labctl.testing.decided import row

ONE = row(Outcome.PASS, 21.71631935, 0.44)


def test_the_properties_of_one_figure() -> None:
    assert list(properties_of("1.1-03", "nominal", 7, "PASS", [ONE])) == [
        ("indicator", "1.1-03"),
        ("dut", "nominal"),
        ("seed", "7"),
        ("outcome", "PASS"),
        ("value", "21.71631935"),
        ("unit", "%"),
        ("u", "0.22"),
        ("U", "0.44"),
        ("limit", ">= 20"),
    ]


def test_of_several_rows_each_has_its_key() -> None:
    other = msgspec.structs.replace(ONE, key="there", value=True, op="present", limit=None, u=None)
    found = dict(properties_of("1.1-03", "failing", 1, "FAIL", [ONE, other]))
    assert found["efficiency.U"] == "0.44"
    assert (found["there.value"], found["there.limit"]) == ("true", "present")
    assert "there.U" not in found


def test_a_range_and_a_row_without_a_value() -> None:
    both = msgspec.structs.replace(ONE, value=(1.0, 2.5), limit=(1.0, 3.0), op="covers")
    found = dict(properties_of("1.1-03", "nominal", 1, "PASS", [both]))
    assert (found["value"], found["limit"]) == ("1 to 2.5", "covers 1 to 3")
    none = row(Outcome.INCOMPLETE, None, None)
    assert "value" not in dict(properties_of("1.1-03", "nominal", 1, "INCOMPLETE", [none]))


def test_the_table_is_made_of_properties() -> None:
    other = msgspec.structs.replace(ONE, key="there", value=True, op="present", limit=None, u=None)
    properties = [
        ("mine", "before"),
        *properties_of("1.1-03", "nominal", 1, "PASS", [ONE]),
        *properties_of("1.1-05", "failing", 2, "FAIL", [ONE, other]),
    ]
    rows = list(rows_of("tests/test_a.py::test_b", properties))
    assert [each.parts["indicator"] for each in rows] == ["1.1-03", "1.1-05"]
    lines = table(rows)
    assert lines[2].split()[:8] == ["1.1-03", "nominal", "1", "PASS", "21.72", "±", "0.44", "%"]
    assert "efficiency 21.72 ± 0.44 %; there true %" in lines[3]
    assert list(rows_of("x", [("mine", 1)])) == []
