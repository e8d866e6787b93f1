from __future__ import annotations

from collections.abc import Callable
from math import atan, exp, log, tanh

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim_backends.models.roots import root


@pytest.mark.parametrize(
    ("f", "low", "high", "x"),
    [
        (lambda x: exp(x) - 3.0, 0.0, 5.0, log(3.0)),
        (lambda x: tanh(50.0 * (x - 0.3)), 0.0, 1.0, 0.3),
        (lambda x: atan(x - 2.0), -100.0, 50.0, 2.0),
        (lambda x: 3.0 - exp(x), 0.0, 5.0, log(3.0)),
        (lambda x: x, 0.0, 1.0, 0.0),
    ],
    ids=["exponential", "steep", "flat ends", "falling", "at an end"],
)
def test_known_roots(f: Callable[[float], float], low: float, high: float, x: float) -> None:
    assert root(f, low, high, 1e-12) == pytest.approx(x, abs=1e-11)


def test_a_diode_takes_few_looks() -> None:
    looks = 0

    def f(x: float) -> float:
        nonlocal looks
        looks += 1
        return 1e-9 * (x - 0.2) + 1e-12 * (exp(40.0 * x) - 1.0) - 1e-3

    assert f(root(f, 0.0, 1.0, 1e-12)) == pytest.approx(0.0, abs=1e-12)
    assert looks < 30


@given(st.floats(-1e3, 1e3), st.floats(0.01, 1e3), st.floats(0.0, 1.0), st.floats(-3.0, 3.0))
def test_the_root_of_a_cubic_is_found_to_the_resolution(
    low: float, width: float, part: float, bend: float
) -> None:
    zero = low + part * width
    found = root(lambda x: (x - zero) * (1.0 + bend**2 * (x - zero) ** 2), low, low + width, 1e-9)
    assert abs(found - zero) <= 1e-9


def test_the_same_sign_at_both_ends_is_refused() -> None:
    with pytest.raises(ValueError, match="no change of sign between 1"):
        root(lambda x: x, 1.0, 2.0, 1e-9)
