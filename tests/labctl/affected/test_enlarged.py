"""Errors in units of the uncertainty that readings were given."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl.affected.enlarged import Found, Stated, bound, certificate_of
from labctl.affected.uses import Use
from labctl.calibration import Certificate
from labctl.calibration.certificate import Point, Table
from labctl.evidence import Accuracy
from tests.labctl.judged import brisk

SHEET = Accuracy("resistance", 1000.0, "ohm", 1e-3, 0.1, "data sheet, p. 3")
ROOT3 = math.sqrt(3.0)


def use(low: float, high: float, accuracy: Accuracy | None = SHEET) -> Use:
    return Use("resistance", "ohm", accuracy, 10, 0.0, 1.0, low, high)


def certificate(*points: Point, **more: object) -> Certificate:
    table = Table("R", "ohm", points, "resistance", 1000.0)
    return Certificate("C-1", "PTB", "4711", tables=(table,), **more)  # type: ignore[arg-type]


def test_nobody_says_how_wrong_it_was() -> None:
    assert bound(None, [use(1.0, 2.0)], None) is None


def test_a_stated_error_is_compared_where_it_is_largest() -> None:
    at_100 = 0.3 / (0.2 / ROOT3)
    assert bound(Stated(gain=3e-3), [use(100.0, 100.0)], None) == pytest.approx(at_100)
    assert bound(Stated(offset=0.2), [use(-10.0, 100.0)], None) == pytest.approx(2 * ROOT3)
    assert bound(Stated(gain=3e-3, function="voltage"), [use(1.0, 2.0)], None) == 0.0
    assert bound(Stated(gain=3e-3), [use(1.0, 2.0, None)], None) == 0.0


@brisk
@given(
    gain=st.floats(0, 1e-2),
    offset=st.floats(0, 1.0),
    ends=st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)),
    share=st.floats(0, 1),
)
def test_no_reading_between_the_ends_is_worse(
    gain: float, offset: float, ends: tuple[float, float], share: float
) -> None:
    low, high = sorted(ends)
    x = low + share * (high - low)
    error, standard = gain * abs(x) + offset, (1e-3 * abs(x) + 0.1) / ROOT3
    found = bound(Stated(gain, offset), [use(low, high)], None)
    assert found is not None and error / standard <= found * (1 + 1e-9)


def test_a_sheet_without_limits_can_not_be_enlarged() -> None:
    exact = Accuracy("count", 1.0, "ohm", 0.0, 0.0, "exact")
    assert bound(Stated(gain=1e-3), [use(1.0, 2.0, exact)], None) == math.inf


def test_readings_that_a_certificate_corrected_are_compared_with_its_uncertainty() -> None:
    narrow = certificate(Point(0.0, 0.0, 0.002), Point(200.0, 0.0, 0.002))
    found = bound(Stated(offset=0.01), [use(50.0, 150.0)], narrow)
    assert found == pytest.approx(0.01 / 0.001)
    wide = certificate(Point(0.0, 0.0, 20.0), Point(200.0, 0.0, 20.0))
    assert bound(Stated(offset=0.01), [use(50.0, 50.0)], wide) == pytest.approx(0.01 / 0.15 * ROOT3)


def test_a_half_width_of_a_certificate_is_no_standard_uncertainty() -> None:
    points = (Point(0.0, 0.0, 0.002, k=1.0), Point(200.0, 0.0, 0.002, k=1.0))
    table = Table("R", "ohm", points, "resistance", 1000.0, "rectangular")
    own = Certificate("C-1", "PTB", "4711", tables=(table,))
    found = bound(Stated(offset=0.01), [use(50.0, 150.0)], own)
    assert found == pytest.approx(0.01 / 0.002 * ROOT3)


def test_a_certificate_that_found_it_says_how_wrong_it_was() -> None:
    found = Found(certificate(Point(0.0, 0.0, 0.1), Point(100.0, -1.0, 0.1), as_found="outside"))
    at_50 = (0.5 + 0.1) / (0.15 / ROOT3)
    assert bound(found, [use(50.0, 50.0)], None) == pytest.approx(at_50)
    assert bound(found, [use(50.0, 101.0)], None) == math.inf  # beyond its table
    other = Accuracy("voltage", 1.0, "V", 1e-3, 0.1, "data sheet")
    assert bound(found, [use(0.1, 0.2, other)], None) == math.inf


def test_the_certificate_of_an_instrument_is_found_by_its_serial_number() -> None:
    own = certificate()
    assert certificate_of({"meter": own}, "4711") is own
    assert certificate_of({"meter": own}, "4712") is None
    assert certificate_of(None, "4711") is None
