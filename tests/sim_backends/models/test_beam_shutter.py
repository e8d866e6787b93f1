from __future__ import annotations

from sim_backends.models.beam_shutter import TRAVEL, BeamShutter


def test_a_blade_takes_its_time() -> None:
    blade = BeamShutter()
    assert blade.is_shut(0.0) and not blade.is_open(0.0)
    blade.drive(True, 1.0)
    assert not blade.is_shut(1.0) and not blade.is_open(1.0)
    assert blade.is_open(1.0 + TRAVEL)
    blade.jam(True)
    blade.drive(False, 2.0)
    assert blade.is_open(3.0)


def test_a_door_opens_the_interlock() -> None:
    blade = BeamShutter()
    assert blade.interlock_closed(0.0)
    blade.door(True)
    assert not blade.interlock_closed(0.0)
