"""Patent numbers: real ones, mistyped ones, and what is no number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.documents import patents


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("CN 201710601862.3", "CN201710601862.3"),
        ("ZL 2017 1 0601862.3", "CN201710601862.3"),
        ("200310102344.5", "CN200310102344.5"),
        ("97101765.4", "CN97101765.4"),
        ("ZL95115608.x", "CN95115608.X"),
        ("CN 112345678 A", "CN112345678"),
        ("EP 99403122.7", "EP99403122.7"),
        ("EP16839078.9", "EP16839078.9"),
        ("EP 3 123 456 A1", "EP3123456"),
        ("PCT/CN2023/123456", "PCT/CN2023/123456"),
        ("WO 2023/123456 A1", "WO2023/123456"),
        ("US 17/123,456", "US17/123456"),
        ("US 2023/0123456 A1", "US2023/0123456"),
        ("US 11,234,567 B2", "US11234567"),
    ],
)
def test_numbers_of_every_form_are_read(text: str, normal: str) -> None:
    number = patents.parse(text)
    assert (number.normal, number.fault, number.invention) == (normal, "", True)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("CN201710601862.4", "should be 3"),
        ("ZL95115608.1", "should be X"),
        ("EP16839078.8", "should be 9"),
        ("EP 12", "no European patent number"),
        ("to be assigned", "no patent number"),
        ("", "no patent number"),
        ("CN 180010000000.X", "no year of filing"),
        ("CN 202360000000.8", "type digit 6"),
    ],
)
def test_what_is_wrong_with_a_number_is_said(text: str, fault: str) -> None:
    assert fault in patents.parse(text).fault


@pytest.mark.parametrize("text", ["CN 202320000000.9", "CN 212345678 U", "CN 302345678 S"])
def test_utility_models_and_designs_are_no_inventions(text: str) -> None:
    assert not patents.parse(text).invention


@given(
    st.from_regex(r"\A20[012][0-9][18][0-9]{7}\Z").filter(lambda d: d >= "2003"), st.integers(0, 11)
)
def test_one_wrong_digit_never_passes(digits: str, place: int) -> None:
    """Weights 2..9 are no divisors of zero modulo 11: every single error shows."""
    check = patents.chinese_check_digit(digits)
    wrong = digits[:place] + str((int(digits[place]) + 1) % 10) + digits[place + 1 :]
    assert patents.parse(f"CN{digits}.{check}").fault == ""
    assert patents.chinese_check_digit(wrong) != check


def test_the_year_of_filing_is_read_from_todays_forms() -> None:
    assert patents.filing_year("CN201710601862.3") == 2017
    assert patents.filing_year("PCT/CN2023/123456") == 2023
    assert patents.filing_year("EP16839078.9") is None
