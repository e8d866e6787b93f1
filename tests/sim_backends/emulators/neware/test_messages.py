from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.neware.messages import (
    ENDING,
    LONGEST,
    Framer,
    document,
    element,
    figure,
    listed,
    parse,
)
from tests.sim_backends.emulators.talking import pieces


@settings(derandomize=True, max_examples=50)
@given(st.lists(st.integers(0, 300), max_size=6))
def test_any_split_gives_the_same_documents(cuts: list[int]) -> None:
    data = b"<bts>1</bts>" + ENDING + "<bts>\u7535\u6c60</bts>".encode() + ENDING
    framer = Framer()
    found = [each for piece in pieces(data, cuts) for each in framer.feed(piece)]
    assert found == ["<bts>1</bts>", "<bts>\u7535\u6c60</bts>"]


def test_what_never_ends_or_is_no_text_is_dropped() -> None:
    framer = Framer()
    assert framer.feed(b"x" * (LONGEST + 1)) == []
    assert framer.feed(b"\xff\xfe#\r\n<a/>#\r\n") == ["<a/>"]
    framer.feed(b"half")
    framer.clear()
    assert framer.feed(b"<b/>#\r\n") == ["<b/>"]


def test_what_is_no_document() -> None:
    assert parse("<bts>") is None
    assert parse('<!DOCTYPE x [<!ENTITY a "aa">]><bts>&a;</bts>') is None
    assert parse('<?xml version="1.0" encoding="nothing"?><bts/>') is not None


def test_the_layout_of_a_real_machine() -> None:
    # tests/mocks.py of aurora-neware, byte for byte.
    assert document("connect", ["  <result>ok</result>"]) == (
        b'<?xml version="1.0" encoding="UTF-8"?>\r\n'
        b'<bts version="1.0">\r\n'
        b"  <cmd>connect_resp</cmd>\r\n"
        b"  <result>ok</result>\r\n"
        b"</bts>\n\n#\r\n"
    )
    assert listed("list", []) == ['  <list count="0" />']
    assert element("a", {"b": '<"'}) == "<a b='&lt;\"' />"


def test_figures() -> None:
    told = [figure(0.0), figure(3.8834), figure(-0.00001), figure(3189197.0, 1), figure(0.001)]
    assert told == ["0", "3.8834", "0", "3189197", "0.001"]
