from __future__ import annotations

import numpy as np
import pytest

from sim_backends.models.contact_ladder import ContactLadder, resistance, with_contact

EVEN = ContactLadder(1e4, 7e-3, (1.0,) * 4, (5e-6, 10e-6, 20e-6), 100e-6)


def test_resistances_lie_on_the_line_of_sheet_and_contacts() -> None:
    found = [resistance(EVEN, n, 25.0) for n in range(3)]
    slope, start = np.polyfit(EVEN.gaps, found, 1)
    assert slope == pytest.approx(1e4 / 100e-6)
    assert start == pytest.approx(2.0 * 7e-3 / 100e-6)
    assert resistance(with_contact(EVEN, 0.0), 1, 25.0) == pytest.approx(1e4 * 0.1)


def test_wider_gaps_and_heat_raise_it() -> None:
    plain = resistance(EVEN, 0, 25.0)
    assert resistance(EVEN, 0, 25.0, 1e-6) - plain == pytest.approx(100.0)
    assert resistance(EVEN, 0, 35.0) != plain
