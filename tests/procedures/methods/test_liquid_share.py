"""Liquid electrolyte of a dismantled cell: the reduction gives back what numbers were made of."""

from __future__ import annotations

import numpy as np
import pytest

from labctl.evidence import Reading
from labctl.quantity import Quantity
from labctl.uncertainty import MonteCarlo
from procedures.methods.liquid_share import (
    INJECTIONS,
    PIECES,
    PORTIONS,
    Asked,
    Found,
    Series,
    extracted,
    fraction,
    lost,
    recovery,
    weighed,
)

MASS, LIQUID, SALT, OPENING, RESIDUE, TRANSFER = 0.9, 0.05, 0.125, 0.04, 0.02, 0.01
SPIKE, VOLUME, STANDARD, SURVIVES = 0.02, 2e-3, 6.0, 0.96


def made(opening: float = OPENING) -> Found:
    """Readings without errors of a cell with 5 % of liquid."""
    solvent = MASS * LIQUID * (1.0 - SALT)
    there = solvent * (1.0 - opening) * (1.0 - TRANSFER)
    stack = MASS - 0.15 - solvent * opening
    dry = MASS - 0.15 - MASS * LIQUID + there * RESIDUE
    areas = {
        name: series(there * (1.0 - RESIDUE) * share / VOLUME * SURVIVES)
        for name, share in (("EC", 0.4), ("EMC", 0.6))
    }
    masses = {"jar": 0.03, "case": 0.15}
    masses |= {f"stack-{n}": 0.03 + stack / PORTIONS for n in range(PORTIONS)}
    readings = {name: Reading(kg, "kg", 0.0, 0.0, "a", "s") for name, kg in masses.items()}
    step = there * RESIDUE / dry
    asked = Asked(SPIKE, TRANSFER, STANDARD, VOLUME)
    return Found(readings, areas, 0.0, 4e-4, (step + 4e-4,) * PIECES, 5e-5, asked)


def series(extract: float) -> Series:
    spike = 0.5 * SPIKE / VOLUME * SURVIVES
    return Series(0.02, STANDARD, spike + 0.02, (extract + 0.02,) * INJECTIONS)


@pytest.mark.parametrize("opening", [0.0, 0.04, 0.15])
def test_what_was_put_in_comes_out_whatever_evaporates(opening: float) -> None:
    mc = MonteCarlo(200, 1)
    whole, salt = Quantity(MASS, "kg", 0.0), Quantity(SALT, "dimensionless", 0.0)
    found = fraction(mc, made(opening), {}, whole, salt)
    assert float(found[0, 0]) == pytest.approx(LIQUID, rel=2e-3)


def test_contributions_widen_the_figure() -> None:
    whole, salt = Quantity(MASS, "kg", 0.0), Quantity(SALT, "dimensionless", 0.0)
    stated = {"native_recovery": Quantity(0.0, "dimensionless", 0.01)}
    wide = fraction(MonteCarlo(4000, 1), made(), stated, whole, salt)
    assert float(np.std(wide[1:])) / LIQUID == pytest.approx(0.0094, rel=0.08)


def test_recovery_and_extract_are_those_of_the_spike() -> None:
    assert recovery(made()) == pytest.approx(SURVIVES)
    solvent = MASS * LIQUID * (1.0 - SALT) * (1.0 - OPENING) * (1.0 - TRANSFER)
    assert extracted(made()) == pytest.approx(solvent * (1.0 - RESIDUE))
    assert weighed(made()).value == pytest.approx(MASS - MASS * LIQUID * (1 - SALT) * OPENING)


def test_a_loss_is_read_between_its_plateaus() -> None:
    celsius = np.linspace(30.0, 270.0, 241)
    mass = np.where(celsius > 150.0, 4.9e-5, 5e-5)
    assert lost(celsius, mass) == pytest.approx(1e-6)
