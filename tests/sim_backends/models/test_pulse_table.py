"""The table of pulses: the shutter lets them through, head and photodiode have the same shots."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.models.pulse_table import Diode, FastDiode, JouleHead, PulseTable
from sim_backends.models.pulsed_laser import energy
from sim_backends.samples.pulses import draw_short

LASER = draw_short(np.random.default_rng(1))


def test_head_and_diode_have_the_same_shots() -> None:
    table = PulseTable(LASER, 1)
    head, diode = JouleHead(table, 1.0), FastDiode(table, Diode(150e-12, 0.0, 0.0, 0.0))
    assert head.pulses(0.0, 10.0) == []
    assert diode.crossing(0.1, True, 0.0) is None
    table.shutter(True, 1.0)
    found = head.pulses(1.0, 11.0)
    assert len(found) == 20
    assert np.mean([one for _, one in found]) == pytest.approx(energy(LASER), rel=0.03)
    at = diode.crossing(0.1, True, 1.0)
    assert at is not None
    assert abs(at - found[0][0]) < 20e-9
    t = at + np.arange(-50e-9, 150e-9, 1e-10)
    volts = diode.voltage(t)
    joules = float(np.trapezoid(volts, t)) / 0.6 * LASER.watts
    assert joules == pytest.approx(found[0][1], rel=1e-3)
    table.shutter(False, 11.0)
    assert head.pulses(11.0, 20.0) == []


def test_a_filter_halves_and_saturation_bends() -> None:
    table = PulseTable(LASER, 1)
    table.shutter(True, 0.0)
    straight = FastDiode(table, Diode(150e-12, 0.0, 0.0, 0.0))
    bent = FastDiode(table, Diode(150e-12, 0.0, 1.0, 0.0))
    at = straight.crossing(0.1, True, 0.0)
    assert at is not None
    t = at + np.arange(-20e-9, 40e-9, 1e-10)
    top, low = straight.voltage(t).max(), bent.voltage(t).max()
    assert low == pytest.approx(top / (1.0 + top))
    table.acted("half/filter", "in", 5.0)
    assert straight.voltage(t).max() == pytest.approx(top / 2.0)


def test_an_open_door_closes_the_shutter() -> None:
    table = PulseTable(LASER, 1)
    table.shutter(True, 0.0)
    table.acted("bench/door", "open", 3.0)
    assert table.interlocked(3.0)
    assert JouleHead(table, 1.0).pulses(3.0, 9.0) == []
