"""A source's voltage, frequency and angle against what was imposed."""

from math import inf, pi

import numpy as np

from sim_backends.models.grid_source import KEPT, GridSource
from sim_backends.models.power_ports import GridSegment


def _source() -> GridSource:
    source = GridSource(1, 230.0, 50.0, 0.0)
    source.play(
        [
            GridSegment((200.0,), 49.0, 2.0, frequency_end=51.0, phase_jump=0.5),
            GridSegment((230.0,), 50.0, 4.0, voltage_end=(210.0,)),
        ],
        10.0,
    )
    return source


def _beginnings(source: GridSource, after: float) -> list[float]:
    """When what is to come after that time begins, one by one."""
    found, at = list[float](), source.next_change(after)
    while at is not None:
        found.append(at)
        at = source.next_change(at)
    return found


def test_ramps_are_straight_and_the_last_value_stays() -> None:
    """Frequency and voltage within, between and after the segments."""
    source = _source()
    assert source.frequency(9.0) == 50.0
    assert source.frequency(11.0) == 50.0
    assert np.isclose(source.frequency(11.5), 50.5)
    assert source.voltage(11.0) == 200.0
    assert np.isclose(source.voltage(14.0), 220.0)
    assert source.voltage(99.0) == 210.0
    assert _beginnings(source, 0.0) == [10.0, 12.0, 16.0]
    assert source.next_change(16.0) is None


def test_the_angle_is_the_integral_of_the_frequency_and_jumps_are_in_it() -> None:
    """Turns by a fine sum; the mean frequency over a window sees the jump."""
    source = _source()
    t = np.linspace(9.0, 17.0, 80001)
    angles = source.angles(t)
    middle = 0.5 * (t[1:] + t[:-1])
    turned = 2.0 * pi * sum(source.frequency(float(one)) for one in middle[::40]) * 40 * 1e-4
    assert np.isclose(angles[-1] - angles[0] - 0.5, turned, atol=2e-2)
    clean = (source.mean_frequency(10.05, 0.1) - 50.0) * 2.0 * pi * 0.1
    assert np.isclose(clean, 0.5 + 2.0 * pi * (-0.975 * 0.05), atol=1e-6)
    assert np.isclose(source.mean_frequency(12.0, 1.0), 50.5)


def test_an_open_relay_has_no_voltage_and_a_new_play_replaces_what_was_to_come() -> None:
    """Lost in mid-event: nothing from then on, until it is closed again."""
    source = _source()
    source.connect(False, 11.0)
    assert source.voltage(11.5) == source.frequency(11.5) == 0.0
    assert source.voltage(10.5) == 200.0
    seen = source.voltages(np.array([10.5, 11.5]))
    assert seen.tolist() == [200.0, 0.0]
    source.connect(True, 12.5)
    source.play([GridSegment((230.0,), 50.0, inf)], 12.5)
    assert source.voltage(15.0) == 230.0
    assert source.latest(20.0) == 12.5


def test_a_change_beyond_a_range_is_foreseen_and_the_old_past_is_forgotten() -> None:
    """A UPS asks for the next dip; pieces older than the kept time go."""
    source = GridSource(1, 230.0, 50.0, 0.0)
    source.play([GridSegment((229.0,), 50.0, 5.0), GridSegment((100.0,), 50.0)], 1.0)
    assert source.next_outside(0.0, (186.0, 287.0)) == 6.0
    assert source.next_outside(7.0, (186.0, 287.0)) is None
    source.forget(6.0 + KEPT + 1.0)
    assert _beginnings(source, -1.0) == [6.0]
    assert not source.still(6.05, 0.1)
    assert source.still(7.0, 0.1)
