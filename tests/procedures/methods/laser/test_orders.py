from __future__ import annotations

import numpy as np

from procedures.methods.laser.orders import POSSIBLE, SURE, Seen, count, seen
from procedures.methods.laser.spectrum import Spectra, Swept, stokes_wavelength

PUMP = 976e-9


def swept(order: int, watts: float, off: float = 0.0) -> Swept:
    """A sweep with a line of `watts`, `off` m from its place."""
    place = stokes_wavelength(PUMP, order)
    x = np.linspace(place - 6e-9, place + 6e-9, 1001)
    shape = np.exp(-4.0 * np.log(2.0) * ((x - place - off) / 0.2e-9) ** 2)
    levels = 10.0 * np.log10((watts * shape + 1e-10) / 1e-3)
    return Swept(order, float(x[0]), float(x[-1]), 0.2e-9, tuple(float(one) for one in levels))


def spectra(*lit: Swept) -> Spectra:
    dark = tuple(swept(order, 0.0) for order in {one.order for one in lit})
    return Spectra(max(one.order for one in lit), dark, lit)


def test_a_line_off_its_place_is_none() -> None:
    assert seen(spectra(swept(1, 1e-3)), 1, PUMP).area > 0.0
    assert seen(spectra(swept(1, 1e-3, off=2e-9)), 1, PUMP).area == 0.0


def test_the_least_of_all_sweeps_decides() -> None:
    assert seen(spectra(swept(1, 1e-3), swept(1, 0.0)), 1, PUMP).area == 0.0


def test_weak_orders_are_possible_only_and_a_gap_ends_the_chain() -> None:
    orders = [Seen(1, 1.0, 1.0), Seen(2, 0.5, 1.0), Seen(3, 5e-3, 1.0)]
    assert (count(orders, SURE), count(orders, POSSIBLE)) == (2, 3)
    gap = [Seen(1, 1.0, 1.0), Seen(2, 0.0, 1.0), Seen(3, 0.5, 1.0)]
    assert count(gap, SURE) == 1
    assert count([], SURE) == 0
