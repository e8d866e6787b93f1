from __future__ import annotations

import numpy as np
import pytest

from labctl.evidence import Accuracy, Reading
from labctl.quantity import Quantity
from labctl.uncertainty import MonteCarlo
from procedures.methods.semiconductor.contact_resistance import (
    CURRENT,
    READINGS,
    SHARES,
    GapReadings,
    gap_resistance,
    intercept,
    line_over,
    missed,
    scatter_about,
)

VOLTS = Accuracy("voltage", 2.0, "V", 0.0002, 350e-6, "a sheet, page 1")
AMPERES = Accuracy("current", 1e-4, "A", 0.0002, 25e-9, "a sheet, page 2")
LENGTHS = np.array([5e-6, 10e-6, 15e-6, 20e-6, 25e-6, 30e-6])


def over(ohms: float, offset: float = 2e-5, bend: float = 0.0) -> GapReadings:
    amps = [share * CURRENT for share in SHARES for _ in range(READINGS)]
    volts = [offset + i * ohms * (1.0 + bend * abs(i) / CURRENT) for i in amps]
    return GapReadings(
        tuple(Reading(x, "V", 0.0, 0.0, "a", "1", VOLTS) for x in volts),
        tuple(Reading(x, "A", 0.0, 0.0, "a", "1", AMPERES) for x in amps),
    )


def ladder(contact: float, sheet: float = 1e8) -> list[GapReadings]:
    return [over(2.0 * contact + sheet * float(gap)) for gap in LENGTHS]


def test_offsets_cancel_between_currents_of_both_signs() -> None:
    for offset in (0.0, 1e-3):
        found = gap_resistance(MonteCarlo(2, 1), over(700.0, offset))
        assert found[0, 0] == pytest.approx(700.0)


def test_the_line_meets_twice_the_contact_at_no_gap() -> None:
    found = intercept(MonteCarlo(400, 1), ladder(70.0), LENGTHS, {})
    assert found[0, 0] == pytest.approx(140.0)
    assert found.std() < 1.0


def test_gaps_that_are_all_wider_move_the_intercept_by_the_slope() -> None:
    stated = {"gap_offset": Quantity(0.0, "um", 0.05)}
    found = intercept(MonteCarlo(4000, 1), ladder(70.0), LENGTHS, stated)
    assert found[0, 0] == pytest.approx(140.0)
    assert found[1:].std() == pytest.approx(1e8 * 0.05e-6, rel=0.05)


def test_scatter_about_the_line_is_that_of_least_squares() -> None:
    rng = np.random.default_rng(5)
    line, found, true = line_over(LENGTHS), list[float](), list[float]()
    for _ in range(400):
        ohms = 140.0 + 1e8 * LENGTHS + rng.normal(0.0, 3.0, 6)
        found.append(scatter_about(line, LENGTHS, ohms) ** 2)
        true.append(float(line.intercept @ ohms))
    assert np.mean(found) ** 0.5 == pytest.approx(np.std(true), rel=0.1)
    assert line.intercept.sum() == pytest.approx(1.0)


def test_contacts_that_are_not_ohmic_are_told() -> None:
    mc = MonteCarlo(2, 1)
    assert missed(mc, ladder(70.0), 6) == ()
    bent = [over(700.0, bend=0.1) for _ in LENGTHS]
    [told] = missed(mc, bent, 6)
    assert "not ohmic" in told
    [few] = missed(mc, ladder(70.0)[:3], 3)
    assert "fewer" in few
