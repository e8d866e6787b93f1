from __future__ import annotations

import msgspec
import numpy as np
import pytest

from labctl.evidence import Accuracy, Reading
from labctl.quantity import Quantity
from labctl.uncertainty import MonteCarlo
from procedures.methods.voltammetry.batch_spread import (
    on_one_line,
    potential,
    tafel_line,
    worst_deviation,
)
from procedures.methods.voltammetry.disk import Film

VOLTS = Accuracy("potential", 2.0, "V", 0.002, 1e-3, "a sheet, page 1")
AMPERES = Accuracy("current", 5e-3, "A", 0.005, 5e-6, "a sheet, page 2")
OHMS = Accuracy("impedance", 30.0, "ohm", 0.007, 0.0, "a sheet, page 3")
SLOPE = 0.05 / np.log(10.0)


def readings(values: list[float], unit: str, line: Accuracy) -> tuple[Reading, ...]:
    return tuple(Reading(x, unit, 0.0, 0.0, "a", "1", line) for x in values)


def film(eta: float, ohms: float = 28.0) -> Film:
    """A film with the overpotential `eta` in V at 2 mA, on a reference electrode 2 mV off."""
    current = 2e-3 * np.exp(np.linspace(-0.4, 0.4, 8))
    volts = 1.229 + eta + SLOPE * np.log(current / 2e-3) + ohms * current - 0.002
    master = readings([-0.002] * 3, "V", VOLTS)
    return Film(
        master,
        readings([ohms] * 5, "ohm", OHMS),
        readings(volts.tolist(), "V", VOLTS),
        readings(current.tolist(), "A", AMPERES),
        master,
    )


def test_a_films_potential_is_free_of_resistance_and_reference() -> None:
    mc = MonteCarlo(2, 1)
    for ohms in (10.0, 28.0):
        assert potential(mc, film(0.32, ohms), 2e-3)[0, 0] == pytest.approx(1.549, abs=2e-3)
    weights, slope = tafel_line(film(0.32), 2e-3)
    assert weights.sum() == pytest.approx(1.0)
    assert slope > SLOPE


def test_the_worst_deviation_keeps_its_sign_and_instruments_cancel() -> None:
    mc = MonteCarlo(4000, 1)
    films = [film(0.320), film(0.322), film(0.318), film(0.300)]
    draws = worst_deviation(mc, films, 2e-3, {})
    assert draws[0] == pytest.approx(0.300 - 0.315, abs=1e-6)
    assert draws[1:].std() < 2e-4
    own = worst_deviation(mc, films, 2e-3, {"film_settling": Quantity(0.0, "V", 1e-3)})
    assert own[1:].std() == pytest.approx(1e-3 * (3 / 4) ** 0.5, rel=0.05)


def test_resistances_share_the_errors_of_the_range_they_were_read_on() -> None:
    def of(ohms: float) -> Film:
        line = msgspec.structs.replace(OHMS, range=ohms, offset=1e-3 * ohms)
        return msgspec.structs.replace(film(0.32), resistance=readings([ohms] * 5, "ohm", line))

    films = on_one_line([of(27.0), of(28.0), of(29.0)])
    lines = {one.accuracy for each in films for one in each.resistance}
    assert {line.range for line in lines if line is not None} == {29.0}
