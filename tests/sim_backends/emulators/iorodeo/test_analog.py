from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.iorodeo.analog import LowPass, code, value_of


def test_the_output_of_the_documentation() -> None:
    # json.rst: 0.5 V gives 0.499878 V on the 1 V range; at power-on -0.000244 V stands there.
    assert value_of(code(0.5, 1.0), 1.0) == pytest.approx(0.499878, abs=5e-7)
    assert value_of(4095 // 2, 1.0) == pytest.approx(-0.000244, abs=5e-7)


@settings(derandomize=True, max_examples=50, deadline=None)
@given(st.floats(-1.2, 1.2), st.sampled_from([1.0, 2.0, 5.0, 10.0]))
def test_the_output_is_within_a_count_or_at_its_end(part: float, top: float) -> None:
    seen = value_of(code(part * top, top), top)
    limited = min(max(part, -1.0), 1.0) * top
    assert limited - 2.0 * top / 4095 <= seen <= limited + 1e-9


def test_what_is_no_number_goes_to_an_end() -> None:
    assert code(math.inf, 1.0) == 4095
    assert code(-math.inf, 1.0) == code(math.nan, 1.0) == 0


@settings(derandomize=True, max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.floats(-100.0, 100.0), st.integers(1, 60)), max_size=8))
def test_many_ticks_at_once_are_as_many_single_ones(pieces: list[tuple[float, int]]) -> None:
    at_once, singly = LowPass(), LowPass()
    for value, ticks in pieces:
        at_once.update(value, ticks)
        for _ in range(ticks):
            singly.update(value)
    assert at_once.value == pytest.approx(singly.value, abs=1e-9)


def test_the_filter_passes_a_constant() -> None:
    low_pass = LowPass()
    low_pass.update(5.0, 100)
    assert low_pass.value == pytest.approx(5.0, abs=1e-6)
