"""Who lies under the tip is what the operator laid there, from then on."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.models.wafer.surface import Grid, StepStandard, WaferSurface
from sim_backends.models.wafer.under_tip import REST, UnderTip

GRID = Grid(16, 256, 20e-9, 20e-9, (0.0, 0.0))


def tip() -> UnderTip:
    wafer = WaferSurface(0.2e-9, 7e-8, 0.8, 0.0, 0.5e-6, 6e-8, 0.4, 0.0, 7)
    return UnderTip(wafer, StepStandard(44e-9, 1.6e-6, 1e-10, 1))


def test_a_prompt_lays_and_names() -> None:
    one = tip()
    assert one.label(0.0) == REST
    one.acted("film/tip/standard", "W-step", 10.0)
    assert (one.label(9.0), one.label(10.0)) == (REST, "W-step")
    assert np.ptp(one.heights(GRID, 11.0)) == pytest.approx(44e-9, rel=0.05)
    assert np.ptp(one.heights(GRID, 9.0)) < 5e-9
    one.acted("tip/3", "W-3", 20.0)
    assert one.label(25.0) == "W-3" and np.ptp(one.heights(GRID, 25.0)) < 5e-9


def test_other_prompts_change_nothing() -> None:
    one = tip()
    for prompt in ("wafer/diameter", "step/height", "tip/height"):
        one.acted(prompt, "x", 5.0)
    assert one.label(6.0) == REST
