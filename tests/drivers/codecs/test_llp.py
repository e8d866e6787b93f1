"""Wire grammar of LLP1: the page's own examples, round trips, splits, damaged lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import llp
from drivers.codecs.framing import take_line

WORD = st.text(
    st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="*"), min_size=1
)
ANSWER = st.one_of(
    st.just("OK"),
    st.lists(WORD, min_size=1, max_size=5).map(lambda words: "= " + " ".join(words)),
    st.tuples(st.integers(1, 99), WORD).map(lambda pair: f"!{pair[0]} {pair[1]}"),
).filter(lambda text: len(text) <= llp.LONGEST - 3)


def test_check_values_of_the_protocols_page() -> None:
    assert llp.crc8(b"123456789") == 0xF4
    assert llp.encode("ID?") == "ID?*0E"


def test_answers() -> None:
    assert llp.decode(llp.encode("OK")) == llp.Done()
    assert llp.decode(llp.encode("= 1 2.5")) == llp.Values(("1", "2.5"))
    assert llp.decode(llp.encode("!5 STATE")) == llp.Refused(5, "STATE")


@given(ANSWER)
def test_round_trip(text: str) -> None:
    answer = llp.decode(llp.encode(text))
    again = {
        llp.Done: lambda a: "OK",
        llp.Values: lambda a: "= " + " ".join(a.values),
        llp.Refused: lambda a: f"!{a.number} {a.text}",
    }[type(answer)](answer)
    assert again == text


@given(st.lists(ANSWER, min_size=1, max_size=4), st.data())
def test_any_split_of_the_stream_gives_the_same_answers(
    texts: list[str], data: st.DataObject
) -> None:
    stream = b"".join(llp.encode(text).encode("ascii") + b"\r\n" for text in texts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    buffer, found = b"", []
    for begin, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        buffer += stream[begin:end]
        while True:
            answer, used = llp.take(buffer)
            if answer is None:
                assert used == 0
                break
            buffer = buffer[used:]
            found.append(answer)
    assert found == [llp.decode(llp.encode(text)) for text in texts]
    assert buffer == b""


@given(ANSWER, st.data())
def test_a_wrong_character_is_never_a_value(text: str, data: st.DataObject) -> None:
    line = llp.encode(text)
    place = data.draw(st.integers(0, len(line) - 1))
    other = data.draw(st.characters(max_codepoint=255).filter(lambda c: c != line[place]))
    with pytest.raises(llp.CorruptLine):
        llp.decode(line[:place] + other + line[place + 1 :])


@given(ANSWER, st.data())
def test_half_a_line_is_never_a_value(text: str, data: st.DataObject) -> None:
    line = llp.encode(text)
    end = data.draw(st.integers(0, len(line) - 1))
    assert llp.take(line[:end].encode("ascii")) == (None, 0)
    with pytest.raises(llp.CorruptLine):
        llp.decode(line[:end])


@pytest.mark.parametrize(
    "line", ["", "*00", "OK", "OK*", "OK*0e", "ok*32", "= *44", "=1*00", "!0 X*00"]
)
def test_lines_of_no_form_are_refused(line: str) -> None:
    with pytest.raises(llp.CorruptLine):
        llp.decode(line)


@pytest.mark.parametrize("text", ["=", "= ", "=  1", "= 1 ", "HELLO", "!5", "!x STATE", "OKAY"])
def test_whole_lines_of_no_form_are_refused(text: str) -> None:
    with pytest.raises(llp.CorruptLine):
        llp.decode(llp.encode(text))


@pytest.mark.parametrize("text", ["LEVEL\n", "A*B", "ä", "X" * 78])
def test_what_no_line_can_carry_is_not_encoded(text: str) -> None:
    with pytest.raises(ValueError):
        llp.encode(text)


@given(st.binary(max_size=40), st.sampled_from([b"\n", b"\r\n"]))
def test_take_line_uses_what_it_says(buffer: bytes, terminator: bytes) -> None:
    line, used = take_line(buffer, terminator)
    if line is None:
        assert used == 0 and terminator not in buffer
    else:
        assert buffer[:used] == line + terminator
        assert terminator not in line
