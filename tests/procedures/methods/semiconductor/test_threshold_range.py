from __future__ import annotations

import pytest

from labctl.evidence import Accuracy, Reading
from labctl.uncertainty import MonteCarlo
from procedures.methods.semiconductor.threshold_range import Chord, at_criterion

VOLTS = Accuracy("voltage", 20.0, "V", 0.00015, 1e-3, "a sheet, page 1")
AMPERES = Accuracy("current", 1e-6, "A", 0.00025, 400e-12, "a sheet, page 2")


def test_the_criterion_lies_on_the_chord_of_the_logarithm() -> None:
    gate = tuple(Reading(x, "V", 0.0, 0.0, "a", "1", VOLTS) for x in (2.0, 2.01))
    drain = tuple(Reading(x, "A", 0.0, 0.0, "b", "2", AMPERES) for x in (0.8e-7, 1.25e-7))
    found = at_criterion(MonteCarlo(4000, 1), Chord(gate, drain), 1e-7)
    assert found[0, 0] == pytest.approx(2.005, abs=1e-6)
    assert found[1:].std() == pytest.approx((0.00015 * 2.0 + 1e-3) / 3**0.5, rel=0.1)
