from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.models.reference.thermocouple import (
    SPANS,
    ReferencePlatinum,
    ReferenceThermocouple,
    electromotive,
    platinum,
    platinum_temperature,
    temperature,
)


# IEC 60584-1:2013, tables of the electromotive force in mV, to the microvolt.
@pytest.mark.parametrize(
    ("kind", "celsius", "millivolts"),
    [("K", 100, 4.096), ("K", 1000, 41.276), ("K", -100, -3.554), ("T", 100, 4.279),
     ("T", -100, -3.379), ("J", 100, 5.269), ("S", 1000, 9.587), ("N", 1000, 36.256),
     ("E", 1000, 76.373), ("K", 0, 0.0)],
)  # fmt: skip
def test_the_tables_of_the_standard(kind: str, celsius: float, millivolts: float) -> None:
    assert electromotive(kind, celsius) * 1e3 == pytest.approx(millivolts, abs=6e-4)


@pytest.mark.parametrize(
    ("celsius", "ohms"), [(0, 100.0), (100, 138.51), (-100, 60.26), (400, 247.09)]
)
def test_platinum_as_iec_60751(celsius: float, ohms: float) -> None:
    assert platinum(celsius) == pytest.approx(ohms, abs=6e-3)


@settings(max_examples=50, derandomize=True)
@given(st.sampled_from(sorted(SPANS)), st.floats(0.0, 1.0))
def test_the_inverse_gives_the_temperature_back(kind: str, part: float) -> None:
    low, high = SPANS[kind]
    celsius = low + part * (high - low)
    assert temperature(kind, electromotive(kind, celsius)) == pytest.approx(celsius, abs=1e-3)
    cold = -200.0 + part * 1050.0
    assert platinum_temperature(platinum(cold)) == pytest.approx(cold, abs=1e-6)


def test_outside_a_span_there_is_no_temperature() -> None:
    assert temperature("K", 0.1) != temperature("K", 0.1)
    assert platinum_temperature(5000.0) != platinum_temperature(5000.0)


def test_devices() -> None:
    wire = ReferenceThermocouple("K", 100.0, 24.0)
    expected = electromotive("K", 100.0) - electromotive("K", 24.0)
    assert wire.voltage(0.0, 0.0) == pytest.approx(expected)
    assert wire.current(wire.voltage(0.0, 0.0), 0.0) == 0.0
    assert ReferenceThermocouple("K", 100.0, broken=True).voltage(1e-5, 0.0) > 1e6
    assert ReferencePlatinum(100.0).voltage(1e-3, 0.0) == pytest.approx(0.13851, abs=1e-5)
