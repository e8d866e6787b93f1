from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.ble.attributes import AttError
from sim_backends.emulators.ble.triggers import AT_LEAST, CHANGED, EVERY, Trigger, decode


@pytest.mark.parametrize(
    ("data", "trigger"),
    [
        ("00", Trigger(0)),
        ("03", Trigger(3)),
        ("010a0000", Trigger(1, 10)),
        ("02100e00", Trigger(2, 3600)),
    ],
)
def test_settings_of_the_service(data: str, trigger: Trigger) -> None:
    # Environmental Sensing Service 1.0, table 3.11: condition, operand of 24 bits little-endian.
    assert decode(bytes.fromhex(data)) == trigger
    assert trigger.encode() == bytes.fromhex(data)


@pytest.mark.parametrize(
    ("data", "code"),
    [("", 0x80), ("01", 0x80), ("01000000", 0x80), ("0300", 0x80), ("061234", 0x81)],
)
def test_refused_settings(data: str, code: int) -> None:
    with pytest.raises(AttError) as caught:
        decode(bytes.fromhex(data))
    assert caught.value.code == code


@settings(derandomize=True, max_examples=100)
@given(st.binary(max_size=5))
def test_any_bytes_are_a_trigger_or_refused(data: bytes) -> None:
    try:
        assert decode(data).encode() == data
    except AttError as error:
        assert error.code in (0x80, 0x81)


def test_when_they_fire() -> None:
    one, two = b"\x01", b"\x02"
    assert Trigger(CHANGED).fires(one, None, 0) and Trigger(CHANGED).fires(two, one, 0)
    assert not Trigger(CHANGED).fires(one, one, 1e6)
    assert Trigger(EVERY, 60).fires(one, one, 60) and not Trigger(EVERY, 60).fires(two, one, 59)
    assert not Trigger(AT_LEAST, 60).fires(two, one, 59)
    assert Trigger(AT_LEAST, 60).fires(two, one, 60)
    assert not Trigger(0).fires(two, one, 60)
