"""Messages of SITE1: what is sent, what is read, what is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import json_objects, site1


@given(st.integers(0, 2**53 - 1), st.floats(-1e6, 1e6), st.floats(0.1, 86400.0))
def test_a_command_comes_back_as_it_was_sent(number: int, watts: float, valid: float) -> None:
    command = site1.Command("labctl", number, 1767225605000000, watts, 0.0, valid)
    assert json_objects.decoded(site1.encoded(command), site1.Command) == command


def test_an_answer_with_more_keys_is_read() -> None:
    payload = b'{"number": 17, "taken": false, "time": 5, "error": {"code": "alarm"}, "more": 1}'
    found = json_objects.decoded(payload, site1.Ack)
    assert (found.number, found.taken) == (17, False)
    assert found.error is not None and found.error.code == "alarm"


@pytest.mark.parametrize(
    "payload", [b"", b"online", b"[]", b"\xff", b'{"number": 1}', b'{"number": "1", "taken": 1}']
)
def test_what_is_no_answer_is_refused(payload: bytes) -> None:
    with pytest.raises(json_objects.CorruptMessage):
        json_objects.decoded(payload, site1.Ack)


def test_names_of_the_page_are_taken() -> None:
    assert json_objects.NAME.fullmatch("site") and not json_objects.NAME.fullmatch("a/b")
    assert json_objects.CLIENT.fullmatch("bench_1") and not json_objects.CLIENT.fullmatch("#")
    assert json.loads(site1.encoded(site1.Ask("labctl", 3))) == {"client": "labctl", "number": 3}
