from __future__ import annotations

import msgspec
import pytest

from labctl.asking.prompts import Answer, NumberPrompt
from labctl.control.messages import (
    Answered,
    Asked,
    Beat,
    Closing,
    Ended,
    Give,
    Left,
    Noticed,
    Refused,
    Reply,
    Safe,
    Status,
    Told,
    from_viewer,
    from_worker,
    line_of,
    to_viewer,
    to_worker,
)
from labctl.desk import Notice
from labctl.orders import Abort, Amend
from labctl.requests import Progress
from labctl.words import Text

PROMPT = NumberPrompt(name="mass", text=Text("Weigh {what}", {"what": "it"}), unit="g", low=0.0)


@pytest.mark.parametrize(
    "message",
    [
        Beat(),
        Told(Progress("1.1-03", 0, 2, 0.5, "sweep\nnext line", 3.0, "V 1 V", "held")),
        Noticed(Notice("trip", Text("{a} is hot", {"a": "chuck"}), "1.1-03", 1.0, 2.0)),
        Asked(3, PROMPT),
        Closing(),
        Left(False, {"kind": "bench", "message": "m"}, 3),
    ],
)
def test_what_a_worker_says_is_one_line_and_comes_back(message: object) -> None:
    line = line_of(message)  # type: ignore[arg-type]
    assert line.count(b"\n") == 1 and from_worker(line) == message


@pytest.mark.parametrize(
    "message",
    [Status(), Reply(1, Answer("红", "Ann")), Give(Amend(1, "a", "b", "c", "d")), Safe("Ann")],
)
def test_what_a_viewer_says_comes_back(message: object) -> None:
    assert from_viewer(line_of(message)) == message  # type: ignore[arg-type]


def test_what_a_guardian_says_comes_back() -> None:
    for message in (Refused("no"), Ended("killed", False, "NOT SAFE"), Asked(3, PROMPT)):
        assert to_viewer(line_of(message)) == message
    for message in (Give(Abort("Ann", "smoke")), Answered(1, Answer("1", "Ann", "Bob"))):
        assert to_worker(line_of(message)) == message


@pytest.mark.parametrize(
    "line", [b"", b"{}", b'{"type":"beat"', b'{"type":"left","safe":1}', b"[]"]
)
def test_what_is_no_message_is_refused(line: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        from_worker(line)


def test_nobody_says_what_is_not_his_to_say() -> None:
    with pytest.raises(msgspec.ValidationError):
        from_viewer(line_of(Left(True)))
    with pytest.raises(msgspec.ValidationError):
        from_worker(line_of(Give(Abort())))
