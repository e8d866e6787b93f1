from __future__ import annotations

import pytest

from drivers.codecs import sc10


def test_an_answer_stands_between_echo_and_prompt() -> None:
    assert sc10.encode("ens?") == b"ens?\r"
    assert sc10.answer("ens?", b"ens?\r0\r>") == "0"
    assert sc10.answer("ens", b" ens\r>") == ""
    assert sc10.answer("id?", b" id?\rTHORLABS SC10\r>") == "THORLABS SC10"


def test_a_frame_ends_at_its_prompt() -> None:
    assert sc10.find_answer(b"ens?\r0\r") is None
    assert sc10.find_answer(b"ens?\r0\r> clo") == 8


@pytest.mark.parametrize("frame", [b">", b"closed?\r0\r>", b"\xffns?\r0\r>"])
def test_another_echo_is_malformed(frame: bytes) -> None:
    with pytest.raises(sc10.Malformed):
        sc10.answer("ens?", frame)
