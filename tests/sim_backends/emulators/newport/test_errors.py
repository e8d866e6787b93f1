from __future__ import annotations

from sim_backends.emulators.newport.errors import DEPTH, NOT_ENABLED, UNKNOWN, Errors


def test_errors_are_read_once_and_the_oldest_first() -> None:
    errors = Errors()
    errors.add(UNKNOWN, 1.0)
    errors.add(NOT_ENABLED, 2.0, axis=2)
    assert errors.take_message(9.0) == "6, 2500, COMMAND DOES NOT EXIST"
    assert errors.take_code() == "213"
    assert errors.take_code() == "0"
    assert errors.take_message(4.0) == "0, 10000, NO ERROR DETECTED"


def test_only_ten_are_kept() -> None:
    errors = Errors()
    for code in range(DEPTH + 1):
        errors.add(UNKNOWN, float(code))
    assert errors.take_message(0.0).startswith("6, 2500,")
    errors.clear()
    assert errors.take_code() == "0"
