from __future__ import annotations

import pytest

from sim_backends.emulators.srs.settings import number, settings, shown


@pytest.mark.parametrize(
    ("text", "value"),
    [("28", 28.0), ("+1.00005", 1.0), (".5", 0.5), ("-2.55", -2.55), ("1.99999", 1.9999)],
)
def test_numbers_are_cut_after_four_places(text: str, value: float) -> None:
    # Manual, page 6-7: truncated to four decimal places, sign and leading zero optional.
    assert number(text) == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize("text", ["", "1e3", "1,5", " 1", "nan", "0x10", "--1", "."])
def test_what_is_no_decimal_number(text: str) -> None:
    assert number(text) is None


def test_the_highest_mass_is_the_model() -> None:
    assert settings(200)["MF"].default == 200
    assert settings(300)["MI"].high == 300
    assert shown(12.0, whole=True) == "12" and shown(0.1, whole=False) == "0.1000"
