"""Characteristics: the supplement's bounds, any bytes, values that are not known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import gatt

CHARACTERISTIC = st.sampled_from(sorted(gatt.CHARACTERISTICS))


@given(CHARACTERISTIC, st.data())
def test_every_allowed_value_round_trips(characteristic: str, data: st.DataObject) -> None:
    form = gatt.CHARACTERISTICS[characteristic]
    raw = data.draw(st.integers(form.low, form.high))
    value = gatt.decode(characteristic, raw.to_bytes(form.size, "little", signed=form.signed))
    assert value is not None
    assert round(value * form.divisor) == raw
    assert value == pytest.approx(raw * form.scale)


@given(CHARACTERISTIC, st.binary(max_size=8))
def test_any_bytes_give_an_allowed_value_none_or_a_refusal(
    characteristic: str, data: bytes
) -> None:
    form = gatt.CHARACTERISTICS[characteristic]
    try:
        value = gatt.decode(characteristic, data)
    except gatt.CorruptValue:
        return
    assert len(data) == form.size
    if value is not None:
        assert form.low <= round(value * form.divisor) <= form.high


@pytest.mark.parametrize(("characteristic", "data"), [("2A6E", "0080"), ("2A6F", "FFFF")])
def test_not_known_is_none(characteristic: str, data: str) -> None:
    assert gatt.decode(characteristic, bytes.fromhex(data)) is None


@pytest.mark.parametrize(
    ("characteristic", "data"),
    [("2A6E", "4C95"), ("2A6F", "1127"), ("2B8C", "FEFF"), ("2A19", "65"), ("2A6D", "0000")],
)
def test_what_may_not_be_is_refused(characteristic: str, data: str) -> None:
    with pytest.raises(gatt.CorruptValue):
        gatt.decode(characteristic, bytes.fromhex(data))


def test_text() -> None:
    assert gatt.text(b"Air 1\0\0") == "Air 1"
    assert gatt.text("Büro".encode()) == "Büro"
    with pytest.raises(gatt.CorruptValue):
        gatt.text(b"\xff\xfe")
