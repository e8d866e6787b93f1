"""The zero bar: what cancels in the difference, and leads that are on the wrong thing."""

from __future__ import annotations

import pytest

from drivers.roles.impedance_analyzer import ImpedancePoint
from labctl.errors import InstrumentError
from labctl.evidence import Accuracy, Reading
from labctl.uncertainty import MonteCarlo
from procedures.methods.electrolysis.impedances import Impedances
from procedures.methods.electrolysis.zero_bar import check_bar, check_cell

ALPHA, GAIN = 0.8e-6, 0.004


def reading(value: float, t: float, function: str, span: float = 3e-3) -> Reading:
    offset = ALPHA + GAIN * abs(value)
    line = Accuracy(function, span, "ohm", 0.0, offset, "sheet")
    return Reading(value, "ohm", t, t, "serial", "sn", accuracy=line)


def impedances(ohms: float, t: float, span: float = 3e-3) -> Impedances:
    resistance = reading(ohms, t, "resistance", span)
    return Impedances((100.0,), (resistance,), (reading(0.0, t, "reactance", span),))


def spread(cell: Impedances, zero: Impedances) -> float:
    mc = MonteCarlo(4000, 1)
    return float((cell.moved(mc) - zero.moved(mc))[1:, 0].std())


def test_a_standing_offset_cancels_and_the_gain_stays() -> None:
    ohms = 1e-4
    found = spread(impedances(ohms, 2.0), impedances(0.0, 1.0))
    assert found == pytest.approx(GAIN * ohms / 3**0.5, rel=0.05)


def test_offsets_of_two_ranges_do_not_cancel() -> None:
    ohms = 1e-4
    found = spread(impedances(ohms, 2.0, 10e-3), impedances(0.0, 1.0))
    both = ((ALPHA + GAIN * ohms) ** 2 + ALPHA**2) ** 0.5
    assert found == pytest.approx(both / 3**0.5, rel=0.05)


def point(ohms: float, volts: float) -> ImpedancePoint:
    pair = reading(ohms, 1.0, "resistance"), reading(0.0, 1.0, "reactance")
    return ImpedancePoint(100.0, volts, *pair)


def test_the_leads_are_looked_for() -> None:
    check_bar(point(1e-6, 1e-5))
    check_cell(point(1e-4, 1.6))
    for wrong in (point(1e-4, 0.0), point(1e-6, 1.4)):
        with pytest.raises(InstrumentError, match="not on the zero bar"):
            check_bar(wrong)
    with pytest.raises(InstrumentError, match="not on the cell"):
        check_cell(point(1e-6, 0.0))
