"""Channel lists: round trip, spans, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import channels


@given(st.lists(st.integers(0, 9999)))
def test_lists_round_trip(wanted: list[int]) -> None:
    assert channels.decode(channels.encode(wanted)) == tuple(wanted)


@given(st.text(max_size=20))
def test_any_text_is_a_list_or_refused(text: str) -> None:
    try:
        found = channels.decode(text)
    except channels.ChannelError:
        return
    assert text.replace(" ", "").startswith("(@") and all(one >= 0 for one in found)


def test_spans_and_blanks() -> None:
    assert channels.decode("(@101:103, 201)") == (101, 102, 103, 201)
    assert channels.decode("(@)") == ()


@pytest.mark.parametrize(
    "text", ["", "()", "101", "(@101", "(@101,)", "(@103:101)", "(@a)", "(@1:2:3)", "(@12345)"]
)
def test_what_is_no_list(text: str) -> None:
    with pytest.raises(channels.ChannelError):
        channels.decode(text)
