from __future__ import annotations

from sim_backends.models.beam_shutter import BeamShutter


def test_an_open_enclosure_drops_the_blade() -> None:
    blade = BeamShutter()
    assert not blade.passes(0.0) and not blade.interlocked(0.0)
    blade.shutter(True, 1.0)
    assert blade.passes(1.0)
    blade.door(True)
    assert blade.interlocked(2.0) and not blade.passes(2.0)
