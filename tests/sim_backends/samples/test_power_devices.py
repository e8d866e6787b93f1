from __future__ import annotations

import pytest

from sim_backends.samples.power_devices import (
    draw_rectifier,
    draw_set,
    draw_transistor,
    leaking,
    on_off,
    rectification,
    span,
    thresholds,
    with_range,
)
from sim_backends.streams import stream


def test_a_ratio_falls_with_the_leakage() -> None:
    chip = draw_transistor(stream(1, "transistor"))
    low, high = (on_off(leaking(chip, decades).device) for decades in (-11.0, -10.0))
    assert low / high == pytest.approx(10.0, rel=0.01)
    diode = draw_rectifier(stream(1, "diode"))
    assert rectification(leaking(diode, -12.0).device) > 1e7


def test_a_set_spans_the_range_that_is_asked_for() -> None:
    chip = with_range(draw_set(stream(1, "set")), {"threshold_voltage": (-0.5, 6.0)})
    assert span(chip) == pytest.approx((-0.5, 6.0))
    found = thresholds(chip.device)
    assert len(set(found)) == len(found) == 8
