"""Propagation: against the closed forms of the GUM, and common errors that cancel."""

from __future__ import annotations

import math

import numpy as np
import pytest

from labctl.errors import Defect
from labctl.evidence import Accuracy, Reading
from labctl.quantity import Quantity
from labctl.uncertainty import Draws, MonteCarlo

VOLT = Accuracy("voltage", 2.0, "V", gain=1e-3, offset=1e-3, source="sheet, table 1")
NOISY = Accuracy("voltage", 20.0, "V", gain=0.0, offset=0.0, source="sheet", noise=0.01)


def reading(
    value: float, accuracy: Accuracy | None = VOLT, serial: str = "A", t: float = 0.0
) -> Reading:
    return Reading(value, "V", t, 0.0, "visa://x", serial, accuracy)


def test_limits_of_error_are_rectangular() -> None:
    mc = MonteCarlo(20_000, seed=1)
    figure = mc.figure(mc.readings([reading(1.5)]), "V")
    half = 1e-3 * 1.5 + 1e-3
    assert figure.value == 1.5
    assert figure.u == pytest.approx(half / math.sqrt(3), rel=0.02)
    assert figure.expanded == pytest.approx(0.95 * half, rel=0.02)


def test_row_zero_is_what_was_read() -> None:
    mc = MonteCarlo(10, seed=1)
    np.testing.assert_array_equal(mc.readings([reading(1.0), reading(-2.0)])[0], [1.0, -2.0])
    assert mc.quantity("area", Quantity(2.0, "cm**2", 0.1))[0, 0] == 2.0
    assert mc.relative("mismatch", Quantity(0.0, "%", 0.4))[0, 0] == 1.0


def test_the_same_key_cancels_in_a_ratio_and_another_serial_does_not() -> None:
    mc = MonteCarlo(5_000, seed=2)
    gain_only = Accuracy("voltage", 2.0, "V", gain=1e-2, offset=0.0, source="sheet")
    same = mc.readings([reading(1.0, gain_only), reading(0.9, gain_only)])
    other = mc.readings([reading(1.0, gain_only), reading(0.9, gain_only, serial="B")])
    assert mc.figure(same[:, 1] / same[:, 0], "dimensionless").u < 1e-12
    assert mc.figure(other[:, 1] / other[:, 0], "dimensionless").u == pytest.approx(
        0.9 * 1e-2 * math.sqrt(2 / 3), rel=0.05
    )


def test_noise_is_independent_by_reading_and_shrinks_in_the_mean() -> None:
    mc = MonteCarlo(5_000, seed=3)
    series = [reading(1.0, NOISY, t=float(i)) for i in range(100)]
    spread = mc.readings(series)[1:].std()
    assert spread == pytest.approx(0.01, rel=0.02)
    assert mc.figure(mc.mean(series), "V").u == pytest.approx(0.001, rel=0.05)


def test_mean_keeps_the_common_error_whole() -> None:
    mc = MonteCarlo(5_000, seed=4)
    series = [reading(1.0, t=float(i)) for i in range(1000)]
    assert mc.figure(mc.mean(series), "V").u == pytest.approx(2e-3 / math.sqrt(3), rel=0.03)


def test_gum_example_of_a_product_of_independent_inputs() -> None:
    # JCGM 100, 5.1.6: relative variances of a product add.
    mc = MonteCarlo(100_000, seed=5)
    x = mc.quantity("x", Quantity(10.0, "V", 0.1))
    y = mc.quantity("y", Quantity(4.0, "A", 0.08))
    figure = mc.figure(x * y, "W")
    assert figure.u == pytest.approx(40 * math.hypot(0.01, 0.02), rel=0.02)


def test_budget_lines_add_in_quadrature() -> None:
    def power(mc: MonteCarlo) -> Draws:
        voltage = mc.readings([reading(1.5)])
        return voltage * mc.quantity("current", Quantity(2.0, "A", 0.01))

    mc = MonteCarlo(20_000, seed=6)
    total = mc.figure(power(mc), "W").u
    lines = mc.budget(power, "power", draws=20_000)
    assert [line.source for line in lines] == ["current", "A/voltage/2 V"]
    assert math.hypot(*(line.u for line in lines)) == pytest.approx(total, rel=0.02)


def test_one_more_source_moves_no_other() -> None:
    alone, beside = MonteCarlo(100, seed=7), MonteCarlo(100, seed=7)
    beside.normal("another")
    np.testing.assert_array_equal(alone.readings([reading(1.0)]), beside.readings([reading(1.0)]))


def test_a_series_too_long_for_memory_is_refused_with_the_remedy() -> None:
    with pytest.raises(Defect, match="reduce the series first"):
        MonteCarlo(10_000).readings([reading(1.0)] * 2_000)
