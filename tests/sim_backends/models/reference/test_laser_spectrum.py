from __future__ import annotations

from sim_backends.models.reference.laser_spectrum import Line, SteadySpectrum


def test_a_blocked_fibre_is_dark() -> None:
    line = Line(1550e-9, 1e-3, 1e-15)
    spectrum = SteadySpectrum((line,), 10.0)
    assert spectrum.lines(0.0) == (line,) and spectrum.background(5.0) == 10.0
    spectrum.blocked = True
    assert spectrum.lines(0.0) == () and spectrum.background(0.0) == 0.0
