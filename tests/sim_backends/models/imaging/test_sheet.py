"""True areas of printed sheets."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.models.imaging.bed import wave
from sim_backends.models.imaging.sheet import PrintedSheet, Wave, active_area, area, total_area

WAVES = (Wave(0.5e-3, 0.13, 0.7), Wave(0.3e-3, 0.041, 2.0))


def test_a_rectangle_is_width_times_height() -> None:
    sheet = PrintedSheet(0.3, 0.2, margin=0.01, lines=40, line=0.25e-3)
    assert area(sheet) == pytest.approx(0.06)
    assert total_area(sheet) == pytest.approx(0.32 * 0.22)
    assert active_area(sheet) == pytest.approx(0.06 - 40 * 0.25e-3 * 0.2)


@pytest.mark.parametrize(("edge", "sign"), [(0, -1.0), (1, 1.0), (2, -1.0), (3, 1.0)])
def test_waves_of_an_edge_add_their_integral(edge: int, sign: float) -> None:
    waviness = tuple(WAVES if index == edge else () for index in range(4))
    sheet = PrintedSheet(0.3, 0.2, waviness=waviness)
    span = sheet.height if edge < 2 else sheet.width
    along = np.linspace(-span / 2.0, span / 2.0, 20_001)
    integral = float(np.mean(wave(WAVES, along))) * span
    assert area(sheet) - 0.06 == pytest.approx(sign * integral, abs=2e-9)
