from __future__ import annotations

from sim_backends.models.reference.steady_beam import SteadyBeam


def test_a_beam_can_be_blocked() -> None:
    beam = SteadyBeam(1e-3, 532e-9)
    assert (beam.power(0.0), beam.wavelength(0.0)) == (1e-3, 532e-9)
    beam.blocked = True
    assert beam.power(1.0) == 0.0
