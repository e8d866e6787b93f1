from __future__ import annotations

import pytest

from sim_backends.emulators.alicat.element import (
    AMBIENT,
    FULL_SCALE,
    GASES,
    LITRES,
    PSI,
    STANDARD,
    Element,
)
from sim_backends.models.gas_line import NORMAL_TEMPERATURE, VISCOSITY, GasLine
from sim_backends.streams import stream


def slpm(value: float) -> float:
    """m3/s in the normal state of standard litres a minute at 25 degC."""
    return value / LITRES * NORMAL_TEMPERATURE / STANDARD


def made(gas: str, flow: float, seed: int = 1) -> Element:
    line = GasLine(gas, slpm(flow), 300e3, 20.0)
    return Element(line, stream(seed, "element"))


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("flow", [0.0, 1.0, 10.0, 20.0])
def test_a_known_flow_is_read_within_the_limits(flow: float, seed: int) -> None:
    now = made("N2", flow, seed).measure(1.0, 0.0)
    noise = 6 * 2e-4 * FULL_SCALE
    assert now.mass == pytest.approx(flow, abs=6e-3 * flow + 1e-3 * FULL_SCALE + noise)
    assert now.pressure == pytest.approx(300e3 / PSI, abs=0.9)
    assert now.temperature == pytest.approx(20.0, abs=0.8)
    # At 300 kPa and 20 degC gas takes a third of its standard volume.
    assert now.volume == pytest.approx(now.mass * 101.325 / 300 * 293.15 / 298.15, rel=0.03)


def test_a_wrong_gas_reads_wrong_by_its_viscosity() -> None:
    element = made("CO2", 10.0)
    wrong = element.measure(1.0, 0.0).mass
    element.gas = 4
    right = element.measure(1.0, 0.0).mass
    assert wrong / right == pytest.approx(VISCOSITY["CO2"] / VISCOSITY["N2"], rel=5e-3)


def test_tare_takes_the_offset_away() -> None:
    element = made("N2", 10.0)
    element.tare(0.0, 0.0)
    assert element.measure(0.0, 0.0).mass == pytest.approx(0.0, abs=0.02)
    shut, more = element.response(0.0)
    assert shut == pytest.approx(0.0, abs=1e-12) and more == pytest.approx(10.0, rel=7e-3)


def test_the_pressure_is_tared_against_the_barometer() -> None:
    element = made("N2", 1.0)
    element.tare_pressure(1.0, 0.0)
    assert element.measure(1.0, 0.0).pressure == pytest.approx(AMBIENT / PSI, abs=0.05)
    element.tare_pressure(1.0, 1.0)
    assert element.measure(1.0, 1.0).pressure == pytest.approx(AMBIENT / PSI, abs=0.05)


def test_every_gas_that_can_be_chosen_has_a_viscosity() -> None:
    assert {short for short, _ in GASES} == set(VISCOSITY)
