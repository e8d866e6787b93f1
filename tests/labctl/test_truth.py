from __future__ import annotations

from pathlib import Path

import pytest

from labctl.catalogue import load
from labctl.errors import BenchError, UsageError
from labctl.indicator import Indicator
from labctl.truth import sample_request

CATALOGUE = load()
EFFICIENCY = CATALOGUE.get("1.1-03")
ROW = "power_conversion_efficiency"


def several() -> Indicator:
    return next(i for i in CATALOGUE.indicators if i.evidence == "measured" and len(i.criteria) > 1)


def with_op(op: str) -> Indicator:
    return next(
        i for i in CATALOGUE.indicators if i.nominal and any(c.op == op for c in i.criteria)
    )


def stated(tmp_path: Path, text: str, name: str = "truth.toml") -> str:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return str(tmp_path / name)


def test_nominal_and_failing_come_from_the_map() -> None:
    for dut in ("nominal", "failing"):
        for indicator in CATALOGUE.indicators:
            known = indicator.nominal if dut == "nominal" else indicator.failing
            request = sample_request(indicator, dut)
            assert request.indicator_id == indicator.id
            assert request.dut == dut
            assert set(request.truth) == {c.row for c in indicator.criteria}
            assert not known or dict(request.truth) == known


def test_documents_conform_or_fail_by_their_rows() -> None:
    for indicator in (i for i in CATALOGUE.indicators if i.evidence == "document"):
        nominal = sample_request(indicator, "nominal").truth
        failing = sample_request(indicator, "failing").truth
        assert all(nominal[c.row] != failing[c.row] for c in indicator.criteria)


@pytest.mark.parametrize(
    "text",
    ['"1.1-03" = 20.4\n', f'"1.1-03" = {{{ROW} = 20.4}}\n', f"{ROW} = 20.4\n"],
)
def test_a_file_states_an_id_a_table_or_a_row(tmp_path: Path, text: str) -> None:
    request = sample_request(EFFICIENCY, stated(tmp_path, text))
    assert dict(request.truth) == {ROW: 20.4}
    assert request.dut == "file"


def test_a_file_may_be_yaml(tmp_path: Path) -> None:
    path = stated(tmp_path, '"1.1-03": 20\n', "truth.yaml")
    assert dict(sample_request(EFFICIENCY, path).truth) == {ROW: 20.0}


def test_what_a_file_leaves_open_is_nominal(tmp_path: Path) -> None:
    indicator = several()
    first, second = (c.row for c in indicator.criteria[:2])
    request = sample_request(indicator, stated(tmp_path, f"{first} = 1.5\n"))
    assert request.truth[first] == 1.5
    assert request.truth[second] == indicator.nominal[second]


def test_ranges_and_abilities_are_checked(tmp_path: Path) -> None:
    covers, present = with_op("covers"), with_op("present")
    row = next(c.row for c in covers.criteria if c.op == "covers")
    good = stated(tmp_path, f"{row} = [1, 2]\n")
    assert sample_request(covers, good).truth[row] == (1.0, 2.0)
    for bad in ("3", "[1]", '["a", 2]'):
        with pytest.raises(BenchError, match="low, high"):
            sample_request(covers, stated(tmp_path, f"{row} = {bad}\n"))
    row = next(c.row for c in present.criteria if c.op == "present")
    assert sample_request(present, stated(tmp_path, f"{row} = false\n")).truth[row] is False
    with pytest.raises(BenchError, match="true or false"):
        sample_request(present, stated(tmp_path, f"{row} = 1\n"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("other = 3\n", "nothing on 1.1-03"),
        ('"1.1-03" = {wrong = 3}\n', "1.1-03.wrong: no such row"),
        ('"1.1-03" = "high"\n', "expected a number in %"),
        ('"1.1-03" = true\n', "expected a number in %"),
        ('"1.1-03" = \n', "not TOML"),
    ],
)
def test_a_malformed_file_is_named_with_its_key(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BenchError, match=told) as caught:
        sample_request(EFFICIENCY, stated(tmp_path, text))
    assert "truth.toml" in caught.value.message


def test_one_value_for_several_rows_is_refused(tmp_path: Path) -> None:
    indicator = several()
    with pytest.raises(BenchError, match="expected a table"):
        sample_request(indicator, stated(tmp_path, f'"{indicator.id}" = 3\n'))


def test_malformed_yaml_and_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="not YAML"):
        sample_request(EFFICIENCY, stated(tmp_path, "a: [", "t.yaml"))
    with pytest.raises(BenchError, match="expected a table"):
        sample_request(EFFICIENCY, stated(tmp_path, "- 1\n", "t.yaml"))
    with pytest.raises(UsageError, match="--dut") as caught:
        sample_request(EFFICIENCY, "nominall")
    assert "nominal, failing" in caught.value.remedy


def test_the_conditions_go_along_for_the_samples_sheet() -> None:
    request = sample_request(CATALOGUE.get("1.1-04"), "nominal")
    assert request.aspects == {"exposure": "continuous illumination"}
    assert request.set_points["duration"].value == 1000.0
