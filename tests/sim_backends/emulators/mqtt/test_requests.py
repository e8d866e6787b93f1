from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.mqtt import requests
from sim_backends.emulators.mqtt.requests import Refused, parse


def test_a_request() -> None:
    request = parse("read", b'{"client": "bench-1", "id": 7, "channel": "a"}')
    assert request is not None
    assert (request.method, request.client, request.id) == ("read", "bench-1", 7)
    assert request.arguments == {"channel": "a"}


@pytest.mark.parametrize(
    "given_",
    [
        {}, {"client": "a"}, {"id": 1}, {"client": "", "id": 1}, {"client": "a/b", "id": 1},
        {"client": "a", "id": None}, {"client": "a", "id": True}, {"client": "a", "id": "x" * 65},
        {"client": 3, "id": 1}, [], 7,
    ],
)  # fmt: skip
def test_what_cannot_be_answered(given_: Any) -> None:
    assert parse("read", json.dumps(given_).encode()) is None


@settings(derandomize=True, max_examples=50)
@given(st.binary(max_size=40))
def test_noise_is_no_request(payload: bytes) -> None:
    assert parse("read", payload) is None


def test_arguments() -> None:
    assert requests.number({"x": 2}, "x", 0.0, 3.0) == 2.0
    assert requests.whole({"x": 2.0}, "x", 0, 3) == 2
    assert requests.several({"x": ["b", "a"]}, "x", "abc") == ["b", "a"]
    for call, code in (
        (lambda: requests.number({"x": "2"}, "x", 0.0, 3.0), requests.BAD_REQUEST),
        (lambda: requests.number({"x": True}, "x", 0.0, 3.0), requests.BAD_REQUEST),
        (lambda: requests.number({"x": 4}, "x", 0.0, 3.0), requests.OUT_OF_RANGE),
        (lambda: requests.number({"x": float("nan")}, "x", 0.0, 3.0), requests.OUT_OF_RANGE),
        (lambda: requests.whole({"x": 1.5}, "x", 0, 3), requests.BAD_REQUEST),
        (lambda: requests.one_of({}, "x", "abc"), requests.BAD_REQUEST),
        (lambda: requests.one_of({"x": "d"}, "x", "abc"), requests.UNKNOWN_CHANNEL),
        (lambda: requests.several({"x": "a"}, "x", "abc"), requests.BAD_REQUEST),
        (lambda: requests.several({"x": ["a", "a"]}, "x", "abc"), requests.BAD_REQUEST),
        (lambda: requests.several({"x": ["d"]}, "x", "abc"), requests.UNKNOWN_CHANNEL),
        (lambda: requests.only({"x": 1, "y": 2}, "x"), requests.BAD_REQUEST),
    ):
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.code == code
