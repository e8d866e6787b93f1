"""SCPI answers: numbers, quoted strings, error entries, blocks; nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import scpi


@given(st.floats(-9e37, 9e37, allow_nan=False), st.sampled_from(["{:e}", "{:.12E}", "{:+.17g}"]))
def test_numbers_round_trip(value: float, form: str) -> None:
    text = form.format(value)
    assert scpi.measured(text) == float(text)
    assert scpi.numbers(f"{text},{text}") == [float(text)] * 2


@pytest.mark.parametrize(
    "text", ["1", "-1", "+1.5", ".5", "5.", "1E3", "1e-3", " 2.0 ", "1.0E+003"]
)
def test_forms_of_numbers(text: str) -> None:
    assert scpi.number(text) == float(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "nan", "inf", "1,2", "1 2", "1.2.3", "E3", "1E", "0x10", "1_0", "٣", "1V", "--1"],
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(scpi.ScpiError):
        scpi.number(text)


@pytest.mark.parametrize("text", ["9.9E37", "-9.9e+37", "9.900000E+37", "9.91E37", "1E38"])
def test_overflow_and_not_measured_are_no_values(text: str) -> None:
    assert scpi.number(text) == float(text)
    with pytest.raises(scpi.NotMeasured):
        scpi.measured(text)


def test_overflow_and_not_measured_are_told_apart() -> None:
    with pytest.raises(scpi.NotMeasured, match="nothing was measured"):
        scpi.measured("+9.91E+37")
    with pytest.raises(scpi.NotMeasured, match="beyond the range"):
        scpi.measured("-9.9E37")


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)), st.sampled_from("\"'"))
def test_quoted_strings_round_trip(text: str, mark: str) -> None:
    raw = mark + text.replace(mark, mark * 2) + mark
    assert scpi.quoted(raw) == (text, len(raw))
    assert scpi.quoted(raw + ",1") == (text, len(raw))


@pytest.mark.parametrize("text", ["", "abc", '"abc', '"abc""', "'"])
def test_unclosed_quotes_are_refused(text: str) -> None:
    with pytest.raises(scpi.ScpiError):
        scpi.quoted(text)


@given(st.integers(-32768, 32767), st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_error_entries_round_trip(code: int, text: str) -> None:
    raw = f'{code},"{text.replace(chr(34), chr(34) * 2)}"'
    assert scpi.error_entry(raw) == (code, text)


@pytest.mark.parametrize("text", ["", "0", "No error", '"No error",0', "0,No error", '1,"a" b'])
def test_other_texts_are_no_error_entries(text: str) -> None:
    with pytest.raises(scpi.ScpiError):
        scpi.error_entry(text)


def test_identity() -> None:
    fields = scpi.idn("KEITHLEY INSTRUMENTS,MODEL 2450,0403,1.6.7c\r")
    assert fields.model == "MODEL 2450"
    for text in ("", "a,b,c", "a,b,c,d,e", ",,,", "a,,c,d"):
        with pytest.raises(scpi.ScpiError):
            scpi.idn(text)


def block(payload: bytes) -> bytes:
    length = str(len(payload)).encode("ascii")
    return b"#" + str(len(length)).encode("ascii") + length + payload


@given(st.binary(max_size=300), st.binary(max_size=20), st.data())
def test_blocks_at_any_split(payload: bytes, rest: bytes, data: st.DataObject) -> None:
    whole = block(payload)
    cut = data.draw(st.integers(0, len(whole) - 1))
    assert scpi.block(whole[:cut]) == (None, 0)
    assert scpi.block(whole + rest) == (payload, len(whole))


@pytest.mark.parametrize("buffer", [b"1234", b"#0123", b"#x", b"#2a4data", b"#-1"])
def test_no_block(buffer: bytes) -> None:
    with pytest.raises(scpi.ScpiError):
        scpi.block(buffer)
