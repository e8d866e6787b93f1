from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl.asking.barcodes import CODE39, LENGTHS, code39, fits, gtin


@pytest.mark.parametrize(
    "code", ["4006381333931", "036000291452", "96385074", "00012345600012", "106141412345678908"]
)
def test_published_codes_fit(code: str) -> None:
    assert gtin(code)


@given(st.sampled_from(LENGTHS), st.data())
def test_one_wrong_digit_never_fits(length: int, data: st.DataObject) -> None:
    body = data.draw(st.text("0123456789", min_size=length - 1, max_size=length - 1))
    (code,) = [body + last for last in "0123456789" if gtin(body + last)]
    place = data.draw(st.integers(0, length - 1))
    other = data.draw(st.sampled_from("0123456789".replace(code[place], "")))
    assert not gtin(code[:place] + other + code[place + 1 :])


@given(st.text(CODE39, min_size=1, max_size=20))
def test_code39_has_one_check_character(body: str) -> None:
    assert len([last for last in CODE39 if code39(body + last)]) == 1


@pytest.mark.parametrize("code", ["", "1", "123", "40063813339\uff131", "400638133393a"])
def test_what_is_no_gtin_does_not_fit(code: str) -> None:
    assert not gtin(code)
    assert fits(code, "")


def test_code39_knows_its_characters() -> None:
    assert fits("159AZH", "code39")
    assert not fits("159AZI", "code39")
    assert not fits("159azh", "code39")
    assert not fits("0", "code39")
