"""A voltammogram against Randles and Sevcik."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.sim_backends.emulators.files.written import SEEDS, SERIAL, first, truth

FARADAY = 96485.33212
FARADAY_RT = FARADAY / (8.314462618 * 298.15)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_voltammogram(seed: int) -> None:
    text = first("chi_text", seed).decode("ascii")
    head, _, rows = text.partition("Potential/V, Current/A\r\n\r\n")
    assert f"Note: {SERIAL}" in head and "Scan Rate (V/s) = 0.05" in head
    points = np.array([[float(word) for word in row.split(",")] for row in rows.splitlines()])
    assert points.shape == (1001, 2)
    potential, cathodic = points.T
    known = truth("chi_text")
    # Randles and Sevcik, with the electrode's area of 7.07 mm2.
    diffusion = math.sqrt(FARADAY_RT * 0.05 * known["diffusion"])
    peak = 0.4463 * FARADAY * 7.07e-6 * known["concentration"] * diffusion
    # A staircase, sampled at the ends of its steps, stays below the linear sweep.
    assert 0.91 * peak < -cathodic.min() < peak
    anodic, back = int(np.argmin(cathodic)), int(np.argmax(cathodic))
    middle = 0.5 * (potential[anodic] + potential[back])
    assert middle == pytest.approx(known["standard_potential"], abs=0.004)
    # 59 mV for a reversible couple; the tops are flat, so noise moves them by some millivolts.
    assert potential[anodic] - potential[back] == pytest.approx(0.059, abs=0.012)
