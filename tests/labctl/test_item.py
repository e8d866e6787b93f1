from __future__ import annotations

from labctl.agreement import Agreement, Tolerance, default
from labctl.catalogue import load
from labctl.indicator import Condition
from labctl.item import Held, Wanted, bands_of, set_point_of, set_points_of, wanted_of
from labctl.quantity import Quantity


def test_set_points_are_values_of_numeric_conditions() -> None:
    assert set_points_of(load().get("1.1-04")) == {"duration": Quantity(1000.0, "h")}


def test_words_and_ranges_to_cover_are_no_set_point() -> None:
    assert set_point_of(Condition(aspect="medium", text="air")) is None
    covered = Condition(quantity="temperature", op="covers", value=(0.0, 50.0), unit="degC")
    assert set_point_of(covered) is None


def test_of_a_window_the_middle_is_the_set_point() -> None:
    window = Condition(quantity="wavelength", op="between", value=(400.0, 500.0), unit="nm")
    assert set_point_of(window) == Quantity(450.0, "nm")


def test_what_is_wanted_names_rows_and_no_limit() -> None:
    assert wanted_of(load().get("1.1-03")) == (
        Wanted("power_conversion_efficiency", "power_conversion_efficiency", "%"),
    )
    assert wanted_of(load().get("1.1-02"))[0].present
    assert not any("value" in name or "limit" in name for name in Wanted.__struct_fields__)


def test_every_indicator_of_the_map_has_its_set_points() -> None:
    for indicator in load().indicators:
        numeric = [c for c in indicator.conditions if not c.in_words and c.op != "covers"]
        assert set(set_points_of(indicator)) == {c.quantity for c in numeric}


def test_bands_are_of_conditions_that_are_held_and_not_of_amounts() -> None:
    assert bands_of(load().get("1.2-06"), default()) == {
        "temperature": Held(40.0, 60.0, "degC"),
        "irradiance": Held(980.0, 1020.0, "W/m**2"),
    }
    assert bands_of(load().get("1.1-04"), default()) == {}


def test_an_agreed_tolerance_moves_a_band_and_one_that_does_not_fit_leaves_none() -> None:
    agreed = Agreement(tolerances={"temperature": Tolerance(5.0, "K")})
    assert bands_of(load().get("1.2-06"), agreed)["temperature"] == Held(45.0, 55.0, "degC")
    wrong = Agreement(tolerances={"temperature": Tolerance(5.0, "V")})
    assert "temperature" not in bands_of(load().get("1.2-06"), wrong)


def test_no_band_is_a_limit_of_a_criterion() -> None:
    for indicator in load().indicators:
        conditions = {c.quantity for c in indicator.conditions if not c.in_words}
        assert set(bands_of(indicator, default())) <= conditions
