from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.sunspec.points import decode, encode, point


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        # Device Information Model Specification 1.1, table 3: "not implemented" of each type.
        ("uint16", [0xFFFF]),
        ("int16", [0x8000]),
        ("enum16", [0xFFFF]),
        ("bitfield16", [0xFFFF]),
        ("sunssf", [0x8000]),
        ("pad", [0x8000]),
        ("uint32", [0xFFFF, 0xFFFF]),
        ("int32", [0x8000, 0]),
        ("bitfield32", [0xFFFF, 0xFFFF]),
        ("acc32", [0, 0]),
        ("uint64", [0xFFFF] * 4),
        ("string8", [0] * 8),
    ],
)
def test_not_implemented(kind: str, words: list[int]) -> None:
    assert encode(point(f"X {kind}"), None) == words


def test_scale_factors_and_sizes() -> None:
    assert encode(point("V uint16 V_SF"), 353.28, -1) == [3533]
    assert encode(point("WSet int32 WSet_SF rw"), -2500.0) == [0xFFFF, 0xF63C]
    assert encode(point("TotWhInj uint64 W_SF"), 1 << 33) == [0, 2, 0, 0]
    assert encode(point("Mn string2"), "abcde") == [0x6162, 0x6364]


def test_values_beyond_the_type_never_look_absent() -> None:
    assert encode(point("W int16"), -1e9) == [0x8001]
    assert encode(point("V uint16"), 1e9) == [0xFFFE]
    assert encode(point("V uint16"), -5) == [0]


@settings(derandomize=True, max_examples=50)
@given(st.sampled_from(["int16", "int32", "int64"]), st.integers(-32767, 32767))
def test_signed_round_trip(kind: str, number: int) -> None:
    assert decode(point(f"X {kind}"), encode(point(f"X {kind}"), number)) == number


@settings(derandomize=True, max_examples=50)
@given(st.integers(0, 65534), st.integers(-3, 2))
def test_scaled_round_trip(number: int, exponent: int) -> None:
    each = point("X uint32 X_SF")
    assert decode(each, encode(each, number * 10.0**exponent, exponent), exponent) == (
        pytest.approx(number * 10.0**exponent)
    )
