from __future__ import annotations

import pytest

from drivers.codecs import iseg


def test_a_frame_is_the_echo_and_one_answer() -> None:
    assert iseg.encode("*IDN?") == b"*IDN?\r\n"
    frame = b":MEAS:VOLT? (@0)\r\n1.234000E3V\r\n"
    assert iseg.find_answer(frame[:-1]) is None
    assert iseg.find_answer(frame[:18]) is None
    assert iseg.find_answer(frame + b"more") == len(frame)
    assert iseg.answer(":MEAS:VOLT? (@0)", frame) == "1.234000E3V"


def test_numbers_have_their_unit() -> None:
    assert iseg.number("1.234000E3V", "V") == 1234.0
    assert iseg.number("-2.5E-7A", "A") == -2.5e-7
    assert iseg.number("300ms", "ms") == 300.0
    assert iseg.number("2", "") == 2.0
    assert iseg.register("30465") == 30465


@pytest.mark.parametrize(("text", "unit"), [("1.0E3V", "A"), ("V", "V"), ("1..0V", "V"), ("", "")])
def test_what_is_no_number(text: str, unit: str) -> None:
    with pytest.raises(iseg.Malformed):
        iseg.number(text, unit)


def test_what_is_no_answer() -> None:
    with pytest.raises(iseg.Malformed):
        iseg.answer("*IDN?", b"*IDM?\r\nx\r\n")
    for text in ("-1", "1.0", "x", ""):
        with pytest.raises(iseg.Malformed):
            iseg.register(text)
