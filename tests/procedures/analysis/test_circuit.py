from __future__ import annotations

import numpy as np
import pytest

from procedures.analysis.circuit import Arc, Array, Circuit, Complex, fit

FREQUENCY = np.geomspace(1.0, 1000.0, 16)


def made(resistance: float, inductance: float, *arcs: Arc) -> Complex:
    known = Circuit(resistance, 0.0, inductance, arcs, np.zeros(0), 0.0)
    return known.impedance(FREQUENCY)


def flat(z: Complex) -> Array:
    return 0.01 * np.tile(np.abs(z), 2)


@pytest.mark.parametrize(
    ("resistance", "ratio", "time", "exponent", "lead"),
    [(9e-5, 0.5, 2e-3, 0.9, 0.5), (1.0, 2.0, 0.01, 0.8, 0.1), (1e-3, 1.0, 0.005, 1.0, 1.0)],
)
def test_a_circuit_is_found_again(
    resistance: float, ratio: float, time: float, exponent: float, lead: float
) -> None:
    inductance = lead * resistance * time / 100.0
    z = made(resistance, inductance, Arc(ratio * resistance, time, exponent))
    found = fit(FREQUENCY, z, flat(z), 1)
    assert found.resistance == pytest.approx(resistance, rel=1e-3)
    assert found.misfit < 1e-2


def test_weights_tell_what_an_error_of_the_readings_does() -> None:
    arcs = Arc(5e-5, 1e-3, 0.9), Arc(1e-5, 0.15, 1.0)
    z = made(9e-5, 1e-8, *arcs)
    found = fit(FREQUENCY, z, flat(z), 2)
    moved = z + 1e-7 + 0.002 * z.real
    change = np.concatenate(((moved - z).real, (moved - z).imag))
    again = fit(FREQUENCY, moved, flat(z), 2)
    wanted = again.resistance - found.resistance
    assert float(found.weights @ change) == pytest.approx(wanted, rel=0.02)


def test_scatter_gives_an_uncertainty() -> None:
    rng = np.random.default_rng(1)
    z = made(1.0, 1e-5, Arc(1.0, 0.01, 0.9))
    noisy = z * (1.0 + 0.005 * rng.standard_normal(len(z)))
    found = fit(FREQUENCY, noisy, flat(z), 1)
    assert 0.0 < found.u < 0.05
    assert abs(found.resistance - 1.0) < 4.0 * found.u


def test_too_few_readings_are_refused() -> None:
    z = made(1.0, 1e-5, Arc(1.0, 0.01, 0.9))[:2]
    with pytest.raises(ValueError, match="too few"):
        fit(FREQUENCY[:2], z, 0.01 * np.tile(np.abs(z), 2), 1)
