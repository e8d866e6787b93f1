from __future__ import annotations

import msgspec
import pytest

from labctl.testing.standing import FAILING, NOMINAL, Standing, margin, standing, why
from labctl.verdict import Outcome
from tests.labctl.testing.decided import ERROR, item, row


@pytest.mark.parametrize(
    ("outcome", "nominal", "failing"),
    [
        (Outcome.PASS, Standing.RIGHT, Standing.WRONG),
        (Outcome.CONDITIONAL_PASS, Standing.CONDITIONAL, Standing.WRONG),
        (Outcome.CONDITIONAL_FAIL, Standing.WRONG, Standing.CONDITIONAL),
        (Outcome.FAIL, Standing.WRONG, Standing.RIGHT),
        (Outcome.INVALID, Standing.UNDECIDED, Standing.UNDECIDED),
        (Outcome.INCOMPLETE, Standing.UNDECIDED, Standing.UNDECIDED),
    ],
)
def test_a_device_of_the_map_tells_who_is_wrong(
    outcome: Outcome, nominal: Standing, failing: Standing
) -> None:
    assert standing(item(outcome), NOMINAL) is nominal
    assert standing(item(outcome), FAILING) is failing


def test_only_right_and_conditional_are_no_failure() -> None:
    good = [each for each in Standing if each.good]
    assert good == [Standing.RIGHT, Standing.CONDITIONAL]


def test_an_error_is_a_defect_by_its_class() -> None:
    line = item(Outcome.INCOMPLETE, error=ERROR, exit_code=3)
    ours = item(Outcome.INCOMPLETE, error=ERROR, exit_code=4)
    assert standing(line, NOMINAL) is Standing.ERROR
    assert standing(ours, NOMINAL) is Standing.DEFECT
    assert why(line) == "link: no answer (serial://com1)"


def test_why_tells_the_reasons() -> None:
    assert why(item(Outcome.PASS)) == "PASS"
    assert why(item(Outcome.INVALID, reasons=("too cold", "no light"))) == (
        "INVALID: too cold; no light"
    )


def test_the_margin_is_that_of_the_figure_nearest_to_its_limit() -> None:
    near, far = row(Outcome.PASS, 21.0), row(Outcome.PASS, 24.0)
    assert margin(item(Outcome.PASS, near, far).verdict, NOMINAL) == pytest.approx(1.0)


def test_one_row_is_enough_to_fail_so_the_widest_counts() -> None:
    rows = row(Outcome.FAIL, 18.5), row(Outcome.FAIL, 15.0), row(Outcome.PASS, 20.1)
    assert margin(item(Outcome.FAIL, *rows).verdict, FAILING) == pytest.approx(5.0)


def test_what_has_no_uncertainty_has_no_margin() -> None:
    assert margin(item(Outcome.PASS, row(Outcome.PASS, True, None)).verdict, NOMINAL) is None
    assert margin(item(Outcome.PASS, row(Outcome.PASS, 25.0, 0.0)).verdict, NOMINAL) is None
    assert margin(item(Outcome.INCOMPLETE).verdict, NOMINAL) is None


def test_of_a_tolerance_only_the_side_that_is_worse_counts() -> None:
    about = msgspec.structs.replace(row(Outcome.PASS, 20.4), op="about", tolerance=0.5)
    for better, expected in (("higher", 0.9), ("lower", 0.1), ("", 0.1)):
        one = msgspec.structs.replace(about, better=better)
        assert margin(item(Outcome.PASS, one).verdict, NOMINAL) == pytest.approx(expected)


def test_of_a_range_each_end_has_its_margin() -> None:
    low, high = row(Outcome.PASS, 17.0), row(Outcome.PASS, 22.0, 0.5)
    whole = msgspec.structs.replace(low, ends=(low, high))
    assert margin(item(Outcome.PASS, whole).verdict, NOMINAL) == pytest.approx(3.0)
