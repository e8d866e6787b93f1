"""Corrections between the points of a table."""

from __future__ import annotations

import numpy as np
import pytest

from labctl.calibration import Certificate, Point, Table
from labctl.evidence import Accuracy
from labctl.uncertainty.corrections import curve_for, curve_of
from labctl.uncertainty.shapes import NORMAL, RECTANGULAR

POINTS = (Point(0.0, 0.0, 2e-3), Point(1.0, 1e-3, 4e-3), Point(2.0, 4e-3, 6e-3, 3.0))
TABLE = Table("V", "V", POINTS, "voltage", 2.0)


def test_correction_and_uncertainty_are_interpolated_and_end_with_the_points() -> None:
    curve = curve_of(TABLE, "V")
    at = np.array([-0.1, 0.0, 0.5, 1.0, 1.5, 2.0, 2.1])
    assert curve.covers(at).tolist() == [False, True, True, True, True, True, False]
    assert curve.correction(at) == pytest.approx([0, 0, 5e-4, 1e-3, 2.5e-3, 4e-3, 0])
    assert curve.scale(at) == pytest.approx([0, 1e-3, 1.5e-3, 2e-3, 2e-3, 2e-3, 0])
    assert curve.shape is NORMAL


def test_a_parabola_leaves_the_line_by_no_more_than_the_bend() -> None:
    curve = curve_of(TABLE, "V")
    at = np.linspace(0.0, 2.0, 41)
    off = np.abs(1e-3 * at**2 - curve.correction(at))
    assert np.all(off <= curve.bend(at) + 1e-12)
    assert off.max() == pytest.approx(curve.bend(at).max())
    assert not curve.bend(np.array([-1.0, 3.0])).any()


def test_two_points_are_a_straight_line_and_one_is_itself_alone() -> None:
    two, one = (
        curve_of(Table("V", "V", POINTS[:n], "voltage", 2.0, "rectangular"), "V") for n in (2, 1)
    )
    assert two.bend(np.array([0.5])).tolist() == [0.0]
    assert two.shape is RECTANGULAR
    assert one.covers(np.array([0.0, 1e-9])).tolist() == [True, False]


def test_the_table_in_the_unit_of_the_readings() -> None:
    kelvin = Table("T", "K", (Point(273.15, 0.1, 0.2), Point(373.15, 0.3, 0.2)), "temperature", 850)
    curve = curve_of(kelvin, "degC")
    assert curve.readings == pytest.approx([0.0, 100.0])
    assert curve.corrections == pytest.approx([0.1, 0.3])


@pytest.mark.parametrize(
    ("function", "full", "unit", "found"),
    [
        ("voltage", 2.0, "V", True),
        ("voltage", 2000.0, "mV", True),
        ("voltage", 20.0, "V", False),
        ("voltage", 2.0, "ohm", False),
        ("current", 2.0, "V", False),
    ],
)
def test_a_table_stands_for_its_function_and_range(
    function: str, full: float, unit: str, found: bool
) -> None:
    certificate = Certificate("7", "Lab", "A", "2026-01-01", tables=(TABLE,))
    line = Accuracy(function, full, unit, 1e-4, 0.0, "sheet")
    assert (curve_for(certificate, line) is not None) == found
