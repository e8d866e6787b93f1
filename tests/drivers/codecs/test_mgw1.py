"""Messages of the MGW1 convention: round trips, and what is no such message."""

from __future__ import annotations

import contextlib
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import json_objects, mgw1

SECONDS = st.integers(0, 4_000_000_000_000).map(lambda milliseconds: milliseconds / 1000)
KINDS = (mgw1.State, mgw1.Value, mgw1.Channels, mgw1.Setup, mgw1.History, mgw1.Output, mgw1.Reply)


@given(SECONDS)
def test_times_go_there_and_back(seconds: float) -> None:
    assert mgw1.unix_time(mgw1.time_text(seconds)) == pytest.approx(seconds, abs=1.1e-3)
    assert mgw1.unix_time(mgw1.time_text(seconds)) <= seconds + 1e-6


@given(st.text(max_size=30))
def test_a_text_that_is_no_time_is_refused(text: str) -> None:
    with contextlib.suppress(json_objects.CorruptMessage):
        assert mgw1.time_text(mgw1.unix_time(text) + 1e-4) == text


@pytest.mark.parametrize(
    "text", ["2026-01-01T00:00:00Z", "2026-13-01T00:00:00.000Z", "2026-01-01 00:00:00.000Z", ""]
)
def test_times_of_another_form_are_refused(text: str) -> None:
    with pytest.raises(json_objects.CorruptMessage):
        mgw1.unix_time(text)


@pytest.mark.parametrize("seconds", [math.nan, math.inf, 1e18])
def test_a_number_that_is_no_time_is_refused(seconds: float) -> None:
    with pytest.raises(json_objects.CorruptMessage):
        mgw1.time_text(seconds)


@given(st.integers(1, 1000), st.floats(allow_nan=False, allow_infinity=False))
def test_a_request_names_client_and_number(number: int, value: float) -> None:
    payload = mgw1.request("bench-1", number, {"channel": "plate_heater", "value": value})
    wanted = {"client": "bench-1", "id": number, "channel": "plate_heater", "value": value}
    assert json.loads(payload) == wanted


@given(st.binary(max_size=80), st.sampled_from(KINDS))
def test_noise_is_no_message(payload: bytes, kind: type) -> None:
    with pytest.raises(json_objects.CorruptMessage):
        json_objects.decoded(payload, kind)


@given(st.data())
def test_a_cut_message_is_none(data: st.DataObject) -> None:
    whole = b'{"value": 23.412, "unit": "degC", "time": "", "seq": 17, "quality": "good"}'
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(json_objects.CorruptMessage):
        json_objects.decoded(whole[:cut], mgw1.Value)
    assert json_objects.decoded(whole, mgw1.Value).value == 23.412


def test_unknown_keys_are_ignored_and_missing_ones_are_not() -> None:
    known = b'{"channel": "a", "value": 1, "unit": "%", "colour": "red"}'
    assert json_objects.decoded(known, mgw1.Output) == mgw1.Output("a", 1.0, "%")
    with pytest.raises(json_objects.CorruptMessage, match="unit"):
        json_objects.decoded(b'{"channel": "a", "value": 1}', mgw1.Output)
    with pytest.raises(json_objects.CorruptMessage, match="quality"):
        json_objects.decoded(
            b'{"value": 1, "unit": "V", "time": "", "quality": "fine"}', mgw1.Value
        )
