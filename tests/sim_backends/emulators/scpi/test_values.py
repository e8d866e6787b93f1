from __future__ import annotations

import pytest

from sim_backends.emulators.scpi.errors import ScpiError
from sim_backends.emulators.scpi.values import Numeric, boolean, choice, number, string

VOLTS = Numeric(-210, 210, 0, "V")


@pytest.mark.parametrize(
    ("token", "value"),
    [
        ("1", 1.0), ("+1.5", 1.5), (".5", 0.5), ("1.", 1.0), ("1e-3", 1e-3), ("-2.5E+1", -25.0),
        ("20mV", 0.02), ("20 mv", 0.02), ("0.2KV", 200.0), ("1 V", 1.0), ("1UV", 1e-6),
        ("MIN", -210.0), ("maximum", 210.0), ("Def", 0.0), ("#H10", 16.0), ("#b101", 5.0),
    ],
)  # fmt: skip
def test_numbers(token: str, value: float) -> None:
    assert VOLTS.parse(token) == pytest.approx(value)


@pytest.mark.parametrize(
    ("token", "code"),
    [("", -109), ("abc", -104), ("'1'", -104), ("1..2", -104), ("211", -222), ("1A", -131),
     ("1 mS", -131), ("1e", -131), ("#Q9", -104), ("NAN", -104)],
)  # fmt: skip
def test_refused_numbers(token: str, code: int) -> None:
    with pytest.raises(ScpiError) as caught:
        VOLTS.parse(token)
    assert caught.value.code == code


def test_words() -> None:
    assert boolean("ON") and boolean("1") and boolean("0.6") and not boolean("off")
    assert choice("volt", ("VOLTage", "CURRent")) == "VOLTage"
    assert choice("CURRENT", ("VOLTage", "CURRent")) == "CURRent"
    with pytest.raises(ScpiError) as caught:
        choice("volta", ("VOLTage",))
    assert caught.value.code == -224
    assert string("'it''s'") == "it's" and string('"a;b"') == "a;b" and string("bare") == "bare"


def test_a_bare_number_has_no_suffix() -> None:
    with pytest.raises(ScpiError):
        number("1V")
