"""Examples of the GUM (JCGM 100:2008, annex H), to the digits that it prints."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.propagation import adaptive
from labctl.uncertainty.shapes import NORMAL, RECTANGULAR, U_SHAPED, student
from labctl.uncertainty.vectors import covariance_of_means

H2 = np.array([
    [5.007, 19.663e-3, 1.0456],
    [4.994, 19.639e-3, 1.0438],
    [5.005, 19.640e-3, 1.0468],
    [4.990, 19.685e-3, 1.0428],
    [4.999, 19.678e-3, 1.0433],
])
"""Table H.2: V in V, I in A, phase in rad, five sets of simultaneous readings."""

THERMOMETER = np.array([
    21.521,
    22.012,
    22.512,
    23.003,
    23.507,
    23.999,
    24.513,
    25.002,
    25.503,
    26.010,
    26.511,
])
CORRECTION = np.array([
    -0.171,
    -0.169,
    -0.166,
    -0.159,
    -0.164,
    -0.165,
    -0.156,
    -0.157,
    -0.159,
    -0.161,
    -0.160,
])
"""Table H.6: readings and observed corrections of a thermometer in degC."""


def end_gauge(mc: MonteCarlo) -> Draws:
    """Length in nm, equation H.3, with the inputs of table H.1."""
    standard = 50_000_623 + mc.certified("standard", 25.0, student(18))
    read = mc.certified("readings", 5.8, student(24))
    random = mc.certified("comparator, random", 3.9, student(5))
    systematic = mc.certified("comparator, systematic", 6.7, student(8))
    difference = 215 + read + random + systematic
    expansion = 11.5e-6 + mc.certified("expansion", 2e-6, RECTANGULAR)
    unlike = mc.certified("expansions", 1e-6, RECTANGULAR)
    bath = -0.1 + mc.certified("bath", 0.2, NORMAL) + mc.certified("cycle", 0.5, U_SHAPED)
    apart = mc.certified("temperatures", 0.05, RECTANGULAR)
    return standard + difference - standard * (unlike * bath + expansion * apart)


def test_h1_end_gauge() -> None:
    """H.1.6 and H.1.7: l = 50.000838 mm, u = 32 nm; second-order terms make it 34 nm.

    Table H.1 prints the shares 25, 9.7, 0, 2.9 and 16.6 nm. H.1.6 states 16 effective degrees of
    freedom and U99 = 93 nm with limits of 10 % and 50 % on two inputs' own uncertainties; their
    degrees of freedom 50 and 2 are counted there, and not here, where a stated limit is exact.
    """
    first = MonteCarlo().first_order(end_gauge)
    assert round(first.value) == 50_000_838
    assert round(first.u) == 32
    shares = dict(first.shares)
    assert round(shares["standard"]) == 25
    comparator = ("readings", "comparator, random", "comparator, systematic")
    assert round(math.hypot(*(shares[name] for name in comparator)), 1) == 9.7
    assert round(shares["temperatures"], 1) == 16.6
    assert round(shares["expansions"], 1) == 2.9
    assert shares["expansion"] == shares["cycle"] == 0.0


def test_h1_effective_degrees_of_freedom() -> None:
    """H.1.6: 16.7 effective degrees of freedom by equation G.2b, and U99 = 2.92 x 32 nm = 93 nm.

    Here the two inputs whose limits are themselves uncertain are t with 50 and 2 degrees of
    freedom, as table H.1 counts them.
    """

    def linear(mc: MonteCarlo) -> Draws:
        shares = [("standard", 25.0, 18), ("readings", 5.8, 24), ("random", 3.9, 5)]
        shares += [("systematic", 6.7, 8), ("expansions", 2.9, 50), ("temperatures", 16.6, 2)]
        return np.sum([mc.certified(name, u, student(f)) for name, u, f in shares], axis=0)

    first = MonteCarlo().first_order(linear)
    assert first.freedom == pytest.approx(16.7, abs=0.1)
    assert round(first.u) == 32


def test_h1_second_order_by_monte_carlo() -> None:
    """H.1.7: u = 34 nm with the second-order terms, which a Monte Carlo holds.

    The inputs are normal or limited here, as the GUM's formula takes them.
    """

    def length(mc: MonteCarlo) -> Draws:
        ends = 50_000_838 + math.hypot(25.0, 9.7) * mc.normal("lengths")
        bath = -0.1 + 0.41 * mc.normal("bath")
        unlike = mc.certified("expansions", 1e-6, RECTANGULAR)
        expansion = 11.5e-6 + mc.certified("expansion", 2e-6, RECTANGULAR)
        apart = mc.certified("temperatures", 0.05, RECTANGULAR)
        return ends - 50_000_623 * (unlike * bath + expansion * apart)

    assert round(adaptive(length, MonteCarlo(seed=1)).u) == 34
    assert round(MonteCarlo().first_order(length).u) == 32


def impedance(mc: MonteCarlo, which: str) -> Draws:
    """Resistance, reactance or impedance in ohm from table H.2's means."""
    means, covariance = H2.mean(axis=0), covariance_of_means(H2)
    v, i, phase = mc.correlated("table H.2", means, covariance).T
    part = {"R": np.cos(phase), "X": np.sin(phase), "Z": np.ones_like(phase)}
    return v / i * part[which]


PRINTED = {"R": (127.732, 0.071), "X": (219.847, 0.295), "Z": (254.260, 0.236)}
"""Table H.4."""


@pytest.mark.parametrize("which", ["R", "X", "Z"])
def test_h2_resistance_reactance_and_impedance(which: str) -> None:
    """Table H.4: R 127.732(71), X 219.847(295), Z 254.260(236) ohm, by correlated inputs."""
    y, u = PRINTED[which]
    first = MonteCarlo().first_order(lambda mc: impedance(mc, which))
    assert round(first.value, 3) == y
    # Unrounded readings give u(X) = 0.2956 ohm; the GUM prints 0.295 here as in table H.5.
    assert first.u == pytest.approx(u, abs=0.0005 if which != "X" else 0.001)
    found = adaptive(lambda mc: impedance(mc, which), MonteCarlo(seed=2))
    assert found.y == pytest.approx(y, abs=0.0005 + 1.5 * found.tolerance)
    assert found.u == pytest.approx(first.u, abs=1.5 * found.tolerance)


@pytest.mark.parametrize("which", ["R", "X", "Z"])
def test_h2_by_its_second_approach(which: str) -> None:
    """Table H.5: the mean of the five sets' own results and its standard deviation, as printed."""
    v, i, phase = H2.T
    part = {"R": np.cos(phase), "X": np.sin(phase), "Z": np.ones(5)}
    sets = v / i * part[which]
    first = MonteCarlo().first_order(lambda mc: mc.repeated("sets", sets))
    assert (round(first.value, 3), round(first.u, 3)) == PRINTED[which]
    assert first.freedom == pytest.approx(4.0)


def test_h2_correlations_of_inputs_and_results() -> None:
    """Table H.2: r(V, I) -0.36, r(V, phase) 0.86, r(I, phase) -0.65; table H.4: r(R, X) -0.588,
    r(R, Z) -0.485, r(X, Z) 0.993."""
    inputs = np.corrcoef(H2, rowvar=False)
    assert [round(float(inputs[k]), 2) for k in ((0, 1), (0, 2), (1, 2))] == [-0.36, 0.86, -0.65]
    mc = MonteCarlo(200_000, seed=3)
    r, x, z = (impedance(mc, which)[1:] for which in PRINTED)
    found = np.asarray(np.corrcoef([r, x, z]))
    # A correlation r of n draws scatters by (1 - r^2) / sqrt(n), 0.0018 at most here.
    for k, printed in (((0, 1), -0.588), ((0, 2), -0.485), ((1, 2), 0.993)):
        assert found[k] == pytest.approx(printed, abs=0.0005 + 4 * (1 - printed**2) / 447)


def test_h2_as_a_complex_quantity() -> None:
    """H.2.4: Z = V / I as complex numbers gives the same R and X with the same u."""
    voltage: NDArray[np.complex128] = H2[:, 0] * np.exp(1j * H2[:, 2])
    current = H2[:, 1].astype(np.complex128)
    parts = [part(each) for part in (np.real, np.imag) for each in (voltage, current)]
    sets = np.stack(parts, axis=1)
    mc = MonteCarlo(200_000, seed=4)
    means = np.array([voltage.mean(), current.mean()])
    both = mc.complex_quantities("V and I", means, covariance_of_means(sets))
    z: NDArray[np.complex128] = both[:, 0] / both[:, 1]
    assert mc.figure(np.real(z), "ohm").value == pytest.approx(127.732, abs=0.0006)
    assert mc.figure(np.imag(z), "ohm").value == pytest.approx(219.847, abs=0.0006)
    assert mc.figure(np.real(z), "ohm").u == pytest.approx(0.071, rel=0.02)
    assert mc.figure(np.imag(z), "ohm").u == pytest.approx(0.295, rel=0.02)


def line(mc: MonteCarlo) -> tuple[Draws, Draws]:
    """Intercept in degC and slope of the line through table H.6, about 20 degC."""
    x = np.stack([np.ones(11), THERMOMETER - 20.0], axis=1)
    inverse = np.linalg.inv(x.T @ x)
    fitted = inverse @ x.T @ CORRECTION
    residual = CORRECTION - x @ fitted
    both = mc.correlated("fit", fitted, inverse * float(residual @ residual) / 9)
    return both[:, 0], both[:, 1]


def test_h3_thermometer() -> None:
    """H.3.3: y1 -0.1712(29) degC, y2 0.00218(67), r -0.930, s 0.0035 degC; H.3.4: b(30 degC)
    -0.1494(41) degC."""
    mc = MonteCarlo(seed=5)
    intercept = mc.first_order(lambda each: line(each)[0])
    gradient = mc.first_order(lambda each: line(each)[1])
    assert (round(intercept.value, 4), round(intercept.u, 4)) == (-0.1712, 0.0029)
    assert (round(gradient.value, 5), round(gradient.u, 5)) == (0.00218, 0.00067)

    def at_30(each: MonteCarlo) -> Draws:
        y1, y2 = line(each)
        return y1 + 10.0 * y2

    first = mc.first_order(at_30)
    assert (round(first.value, 4), round(first.u, 4)) == (-0.1494, 0.0041)
    found = adaptive(at_30, mc)
    assert found.u == pytest.approx(0.0041, abs=0.00005 + found.tolerance)
    y1, y2 = line(MonteCarlo(200_000, seed=6))
    assert np.corrcoef(y1[1:], y2[1:])[0, 1] == pytest.approx(-0.930, abs=0.0012)
