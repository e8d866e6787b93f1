from __future__ import annotations

import pytest

from labctl.evidence import Identity, Instrument
from labctl.journal.told import exchanged, value_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("", "none"),
        ("null", "none"),
        ("true", "yes"),
        ("false", "no"),
        ('"six lamps"', "six lamps"),
        ('{"value":0.1,"unit":"mm","u":0.0}', "0.1 mm"),
        ('{"value":3.0,"unit":"","u":0.0}', "3"),
        (
            '{"name":"a.png","sha256":"0123456789abcdef","media_type":"image/png","size":3}',
            "a.png (SHA-256 0123456789ab)",
        ),
    ],
)
def test_values_are_written_as_people_do(value: str, text: str) -> None:
    assert value_text(value) == text


def test_every_exchange_of_a_role_is_told_once() -> None:
    def one(role: str, serial: str) -> Instrument:
        return Instrument(role, "fake.r1", "fake://a", Identity("Fake", "R1", serial))

    used = [one("meter", "1"), one("lamp", "1"), one("meter", "2"), one("lamp", "1")]
    assert exchanged([*used, one("meter", "3")]) == (
        "instrument:meter: R1 1 -> R1 2",
        "instrument:meter: R1 2 -> R1 3",
    )
