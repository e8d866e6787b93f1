from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl.errors import UnitError
from labctl.quantity import Quantity
from labctl.samples.comparing import Reference, bands_for, ends, mismatches
from labctl.samples.fingerprint import Band, Bands

BAND = Band(-0.1, 0.05)
VOLTS = Quantity(1.0, "V")


def compared(found: Quantity, known: Quantity, band: Band = BAND) -> bool:
    reference = Reference({"x": known}, {"x": band}, "sheet")
    return mismatches({"x": found}, reference, ("x",)) == ()


@pytest.mark.parametrize(
    ("value", "unit", "u", "fits"),
    [
        (1.05, "V", 0.0, True),
        (1.06, "V", 0.0, False),
        (0.9, "V", 0.0, True),
        (0.89, "V", 0.0, False),
        (0.89, "V", 0.01, True),
        (950.0, "mV", 0.0, True),
        (math.nan, "V", 0.0, False),
    ],
)
def test_a_value_lies_in_the_band_or_not(value: float, unit: str, u: float, fits: bool) -> None:
    assert compared(Quantity(value, unit, u), VOLTS) == fits


def test_a_band_in_a_unit_is_a_difference_and_one_about_a_negative_value_is_not_turned() -> None:
    assert ends(VOLTS, Band(-20.0, 10.0, "mV")) == pytest.approx((0.98, 1.01))
    assert ends(Quantity(-2.0, "V"), BAND) == pytest.approx((-2.2, -1.9))
    assert ends(Quantity(25.0, "degC"), Band(-2.0, 2.0, "K")) == pytest.approx((23.0, 27.0))


def test_what_has_no_band_or_cannot_be_measured_here_is_not_compared() -> None:
    reference = Reference({"mass": Quantity(1.0, "g"), "x": VOLTS}, {"x": BAND}, "sheet")
    assert mismatches({"x": VOLTS}, reference, ("x",)) == ()
    assert mismatches({}, reference, ("x",)) == ("x cannot be measured, and was 1 V",)
    assert mismatches({}, reference, ()) == ()


def test_a_unit_that_does_not_fit_is_told() -> None:
    with pytest.raises(UnitError):
        compared(Quantity(1.0, "A"), VOLTS)


def test_the_sheets_band_goes_before_the_rigs_whatever_lies_between() -> None:
    rig = {"x": Bands(still=Band(-1, 1), aged=Band(-5, 5)), "y": Bands(BAND, BAND)}
    stated = {"x": Band(-2, 2, "V")}
    assert bands_for(rig, {}, aged=False)["x"].high == 1
    assert bands_for(rig, {}, aged=True)["x"].high == 5
    assert bands_for(rig, stated, aged=True) == {"x": stated["x"], "y": BAND}


@given(
    known=st.floats(-1e3, 1e3).filter(lambda value: abs(value) > 1e-3),
    off=st.floats(-0.3, 0.3),
    u=st.floats(0.0, 0.1),
)
def test_a_wider_uncertainty_never_makes_a_mismatch(known: float, off: float, u: float) -> None:
    found, reference = known + off * abs(known), Quantity(known, "V")
    if compared(Quantity(found, "V"), reference):
        assert compared(Quantity(found, "V", u * abs(known)), reference)
    if off < -0.11 or off > 0.06:
        assert not compared(Quantity(found, "V"), reference)
