"""Heights, areas and levels of pulses, by shapes that no model here makes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from procedures.analysis.pulse_shape import (
    NoPulse,
    area,
    grounded,
    half_width,
    length,
    rise_sigma,
    scope_sigma,
    settled,
    top,
)

Array = NDArray[np.float64]
STEP = 0.32e-9

SHAPES: dict[str, Callable[[Array], Array]] = {
    "gaussian": lambda t: np.exp(-0.5 * (t / 1.7e-9) ** 2),
    "squared hyperbolic secant": lambda t: np.cosh(t / 2.2e-9) ** -2.0,
    "flat": lambda t: (
        1.0 / ((1.0 + np.exp(-(t + 2e-9) / 2e-10)) * (1.0 + np.exp((t - 2e-9) / 2e-10)))
    ),
    "two": lambda t: (
        np.exp(-0.5 * (t / 1e-9) ** 2) + 0.7 * np.exp(-0.5 * ((t - 2.5e-9) / 1e-9) ** 2)
    ),
}


def seen(shape: Callable[[Array], Array], sigma: float) -> tuple[Array, Array, float, float]:
    """Times, record, true height and area of `shape` behind a Gaussian response."""
    fine = np.arange(-60e-9, 120e-9, 1e-11)
    true = shape(fine)
    kernel = np.exp(-0.5 * (np.arange(-150, 151) * 1e-11 / sigma) ** 2)
    blurred: Array = np.convolve(true, kernel / kernel.sum(), mode="same").real
    time = np.arange(-60e-9, 119e-9, STEP) + 0.1e-9
    record: Array = np.interp(time, fine, blurred)
    return time, record, float(true.max()), float(np.trapezoid(true, fine))


@pytest.mark.parametrize("sigma", [0.145e-9, 0.25e-9])
@pytest.mark.parametrize("name", sorted(SHAPES))
def test_the_response_is_taken_out_of_the_height(name: str, sigma: float) -> None:
    time, volts, height, whole = seen(SHAPES[name], sigma)
    found = grounded(time, volts + 0.02 + 1e5 * time)
    width = half_width(time, found, float(found.volts.max()))
    highest = top(time, found, width, sigma)
    correction = highest.true / highest.seen - 1.0
    assert abs(highest.true / height - 1.0) < abs(correction) / 2.5 + 3e-3
    assert area(time, found) == pytest.approx(whole, rel=1e-3)
    assert found.noise < 1e-3


def test_few_points_and_cut_pulses_are_refused() -> None:
    time, volts, _, _ = seen(lambda t: np.exp(-0.5 * (t / 0.5e-9) ** 2), 0.145e-9)
    found = grounded(time, volts)
    with pytest.raises(NoPulse, match="points"):
        top(time, found, 1.2e-9, 0.145e-9)
    with pytest.raises(NoPulse, match="both sides"):
        half_width(time[:190], grounded(time, volts)._replace(volts=volts[:190]), 1.0)


def test_the_settled_level_is_not_that_of_the_spike() -> None:
    time = np.arange(-100e-6, 450e-6, 0.16e-6)
    on = (time > 0.0) & (time < 300e-6)
    pulse = np.where(on, 1.0 + 0.4 * np.exp(-np.maximum(time, 0.0) / 15e-6), 0.0)
    found = grounded(time, pulse + 0.01)
    end = settled(time, found)
    assert end.level == pytest.approx(1.0, abs=1e-3)
    assert abs(end.change) < 1e-3
    assert length(time, found) == pytest.approx(300e-6, rel=0.01)
    drooping = settled(time, grounded(time, np.where(on, 1.0 - time / 1e-3, 0.0)))
    assert drooping.change < -0.08
    with pytest.raises(NoPulse, match="whole pulse"):
        settled(time[:1500], grounded(time, pulse)._replace(volts=pulse[:1500]))


def test_responses() -> None:
    assert scope_sigma(1e9) == pytest.approx(132.5e-12, rel=1e-3)
    assert rise_sigma(2.563e-9) == pytest.approx(1e-9)
