"""Figures of an analysis as text."""

from __future__ import annotations

import pytest

from labctl.evidence import Figure
from labctl.report.analysis import note_of, text_of


@pytest.mark.parametrize(
    ("u", "expected"), [(0.0, "−271.979 W"), (1e-13, "−271.979 W"), (0.6, "(−272.0 ± 1.2) W")]
)
def test_digits_are_those_that_count(u: float, expected: str) -> None:
    value = -271.979157228
    figure = Figure(value, "W", u, value - 2.0 * u, value + 2.0 * u)
    assert text_of(figure) == expected
    assert bool(note_of(figure)) == (u < 1e-3)
