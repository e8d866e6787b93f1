"""Edges of a digital output."""

import numpy as np

from sim_backends.models.level_signal import LevelSignal


def test_a_pulse_is_seen_late_and_its_edges_are_found() -> None:
    """High from 1.001 to 1.051 s of an output that is 1 ms late."""
    signal = LevelSignal(1e-3)
    signal.pulse(1.0, 0.05)
    assert signal.voltage(np.array([1.0, 1.002, 1.052])).tolist() == [0.0, 5.0, 0.0]
    assert signal.crossing(2.5, True, 0.0) == 1.001
    assert signal.crossing(2.5, False, 0.0) == 1.051
    assert signal.crossing(2.5, True, 1.01) is None
    assert signal.crossing(6.0, True, 0.0) is None
    signal.pulse(2.0, 0.05)
    assert signal.crossing(2.5, True, 1.01) == 2.001
