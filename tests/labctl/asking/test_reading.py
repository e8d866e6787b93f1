from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl.asking import reading
from labctl.asking.reading import Refused, barcode, choice, file, number, second_person, words, yes

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.mark.parametrize(
    ("said", "unit", "value"),
    [
        ("5", "mm", 5.0),
        (" 0.5 cm ", "mm", 5.0),
        ("5e-3m", "mm", 5.0),
        ("\uff15\uff0e\uff10", "mm", 5.0),
        ("+.5", "", 0.5),
        ("50 %", "", 0.5),
        ("25 degC", "K", 298.15),
        ("-4", "degC", -4.0),
        ("-4 °C", "degC", -4.0),
        ("3 mm²", "mm**2", 3.0),
        ("2 kΩ", "ohm", 2000.0),
        ("7 \u00b5m", "mm", 0.007),
    ],
)
def test_a_number_comes_in_the_prompts_unit(said: str, unit: str, value: float) -> None:
    assert number(said, unit, None, None) == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "Type a number"),
        ("five", "Type a number"),
        ("1,5", "Type a number, as in 12.5 mm"),
        ("1.5.2", "Type a number"),
        ("nan", "Type a number"),
        ("inf", "Type a number"),
        ("1e999", "not in the range"),
        ("3 kg", "no unit that fits mm"),
        ("3 furlong_per_moon", "no unit that fits mm"),
        ("10.001", "not in the range 1 … 10 mm"),
        ("0.99 mm", "not in the range"),
    ],
)
def test_what_is_no_such_number_is_refused_with_the_reason(said: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        number(said, "mm", 1.0, 10.0)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_that_python_writes_is_read(value: float) -> None:
    assert number(repr(value), "mm", None, None) == value


@given(st.floats(1e-6, 1e6), st.sampled_from(["m", "cm", "um", "km"]))
def test_units_are_converted(value: float, unit: str) -> None:
    metres = {"m": 1.0, "cm": 1e-2, "um": 1e-6, "km": 1e3}[unit]
    assert math.isclose(number(f"{value!r} {unit}", "m", None, None), value * metres, rel_tol=1e-12)


@given(st.text(max_size=40))
def test_no_text_is_worse_than_refused(said: str) -> None:
    for read in (
        lambda: number(said, "mm", 0.0, 1.0),
        lambda: choice(said, ("a", "b")),
        lambda: barcode(said, "gtin", r"\d+"),
        lambda: words(said, "air"),
        lambda: yes(said),
    ):
        try:
            read()
        except Refused as refused:
            assert refused.message


def test_an_open_end_is_told_as_one() -> None:
    with pytest.raises(Refused, match="-1 mm is not in the range 0 … mm"):
        number("-1", "mm", 0.0, None)


def test_a_choice_is_taken_by_words_or_number() -> None:
    options = ("clear", "brown", "2")
    assert [choice(said, options) for said in ("Clear", "2", "\uff11", "3")] == [
        "clear",
        "2",
        "clear",
        "2",
    ]
    for said in ("", "0", "4", "-1", "cle"):
        with pytest.raises(Refused, match="clear, brown, 2"):
            choice(said, options)


def test_words_stand_as_they_are_and_y_for_those_proposed() -> None:
    assert words(" six lamps ", "air") == "six lamps"
    assert [words(said, "air") for said in ("y", "YES", "是", "\uff59")] == ["air"] * 4
    assert words("y") == "y"
    assert words("", optional=True) == ""
    for said in ("", "  ", "a\x1b[2J", "x" * (reading.MOST + 1)):
        with pytest.raises(Refused):
            words(said)


def test_barcodes_are_checked_as_far_as_it_was_asked() -> None:
    assert barcode(" C-17 ") == "C-17"
    assert barcode("4006381333931", "gtin") == "4006381333931"
    for said, check, pattern in (
        ("", "", ""),
        ("电池", "", ""),
        ("4006381333932", "gtin", ""),
        ("C-17", "", r"S-\d+"),
    ):
        with pytest.raises(Refused):
            barcode(said, check, pattern)  # type: ignore[arg-type]


def test_a_file_is_named_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "photo of 电池.png").write_bytes(PNG)
    found = file(f'"{tmp_path / "photo of 电池.png"}"', photo=True)
    assert found is not None
    assert (found.name, found.media_type, found.size) == ("photo of 电池.png", "image/png", 28)
    assert file("") is None


def test_a_photo_is_a_picture_and_a_file_is_there(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"text")
    with pytest.raises(Refused, match="no picture"):
        file(str(tmp_path / "photo.png"), photo=True)
    for name in ("gone.png", "."):
        with pytest.raises(Refused, match="cannot be read"):
            file(str(tmp_path / name))


def test_a_second_person_is_another_one() -> None:
    second_person("Ann", "Bob")
    for first, second in (("Ann", "ann "), ("Ann", ""), ("", "Bob"), ("\uff21nn", "Ann")):
        with pytest.raises(Refused, match=r"second person|Two persons"):
            second_person(first, second)
