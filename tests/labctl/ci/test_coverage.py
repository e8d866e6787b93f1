from __future__ import annotations

import msgspec
import pytest

from labctl.ci.coverage import YEAR, coverage, exit_code, laboratory, markdown, thin
from labctl.testing.standing import Standing
from tests.labctl.ci.trials import ALL, CHOSEN, tried


def test_what_was_tried_of_each_direction() -> None:
    rows = {id: msgspec.to_builtins(row) for id, row in coverage(CHOSEN, ALL).items()}
    assert rows == {
        "1.1": {
            "indicators": 2, "procedures": 1, "tried": 1, "nominal": 1, "failing": 0,
            "conditional": 1, "thin": 1, "faults": 1, "failures": 0,
        },
        "1.10": {
            "indicators": 1, "procedures": 1, "tried": 1, "nominal": 1, "failing": 0,
            "conditional": 0, "thin": 1, "faults": 0, "failures": 1,
        },
    }  # fmt: skip


def test_the_table_has_a_line_of_sums() -> None:
    lines = markdown(coverage(CHOSEN, ALL)).splitlines()
    assert lines[0].startswith("| direction | indicators | procedures |")
    assert lines[-1] == "| all | 3 | 2 | 2 | 2 | 0 | 1 | 2 | 1 | 1 |"
    assert len({line.count("|") for line in lines}) == 1
    assert markdown({}).splitlines()[-1] == "| all |" + " 0 |" * 9


def test_thin_margins_are_those_of_right_devices_the_thinnest_first() -> None:
    assert [(one.id, one.dut) for one in thin(ALL)] == [
        ("1.1-01", "failing"),
        ("1.10-01", "nominal"),
    ]
    assert thin([tried("1.1-01", "nominal", margin=None)]) == []
    assert thin([tried("1.1-01", "nominal", Standing.WRONG, margin=1.0)]) == []
    assert thin([tried("1.1-01", "nominal", fault="a:b@c", margin=1.0)]) == []


def test_the_time_of_a_laboratory() -> None:
    assert laboratory(ALL) == pytest.approx(5 * 3600.0 / YEAR)


@pytest.mark.parametrize(
    ("standings", "code"),
    [
        ([Standing.RIGHT], 0),
        ([], 0),
        ([Standing.RIGHT, Standing.CONDITIONAL], 2),
        ([Standing.UNDECIDED], 2),
        ([Standing.UNDECIDED, Standing.WRONG], 1),
        ([Standing.WRONG, Standing.ERROR], 3),
        ([Standing.ERROR, Standing.DEFECT], 4),
    ],
)
def test_exit_codes(standings: list[Standing], code: int) -> None:
    assert exit_code([tried("1.1-01", "nominal", each) for each in standings]) == code


def test_a_fault_that_is_badly_told_is_no_broken_bench() -> None:
    assert exit_code([tried("1.1-01", "nominal", Standing.ERROR, fault="a:b@c")]) == 1
