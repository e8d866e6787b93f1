"""Lengths gauged at places."""

from __future__ import annotations

import numpy as np
import pytest

from labctl.evidence import Accuracy, Reading
from labctl.quantity import Quantity
from labctl.uncertainty import MonteCarlo
from procedures.methods.gauging import mean_length, unstated
from procedures.methods.trace import trace

LINE = Accuracy("length", 0.15, "m", 0.0, 20e-6, "sheet")
READ = trace([
    Reading(0.048 + 1e-5 * n, "m", float(n), float(n), "serial://x", "", LINE) for n in range(5)
])
BENCH = {
    "jaw_alignment": Quantity(0.0, "um", 8.0),
    "sample_temperature": Quantity(0.0, "K", 1.0),
}


def test_the_gauges_error_is_common_and_a_settings_is_not() -> None:
    draws = mean_length(MonteCarlo(20_000, 1), "width", READ, BENCH, 6e-5)
    assert draws[0, 0] == pytest.approx(0.04802)
    parts = (20e-6 / 3**0.5, 8e-6 / 5**0.5, 6e-5 * 0.048)
    assert float(np.std(draws[1:])) == pytest.approx(sum(p**2 for p in parts) ** 0.5, rel=0.03)


def test_what_nobody_states_is_named() -> None:
    named = [one.name for one in unstated({}, ())]
    assert named == ["jaw_alignment", "sample_temperature", "expansion_coefficient"]
    assert unstated(BENCH, ("expansion_coefficient",)) == ()
