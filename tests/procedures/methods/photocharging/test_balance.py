"""The energy balance of made-up readings."""

from __future__ import annotations

import pytest

from labctl.evidence import Reading
from labctl.quantity import Quantity
from labctl.sample import Sample
from labctl.uncertainty import MonteCarlo
from procedures.methods.photocharging.balance import LIGHT, WARMTH, Cycle
from procedures.methods.photocharging.charging import Charge
from procedures.methods.photocharging.discharging import Discharge, Leg
from procedures.methods.photovoltaics.device import Device
from procedures.methods.trace import trace
from rigs.photovoltaic import ReferenceCell

CELL = ReferenceCell("RC", Quantity(1e-4, "V*m**2/W", 6e-7), "certificate")


def readings(values: list[float], unit: str, every: float) -> list[Reading]:
    return [
        Reading(value, unit, every * n, 1e9 + every * n, "visa://x", "S")
        for n, value in enumerate(values)
    ]


def cycle(celsius: float = 25.0, light: float = 1000.0, **coefficients: float) -> Cycle:
    properties = {"area": Quantity(100.0, "cm**2", 0.4)}
    for name, unit in ((WARMTH, "1/K"), (LIGHT, "dimensionless")):
        if name in coefficients:
            properties[name] = Quantity(coefficients[name], unit, 0.0)
    sample = Sample("S1", "device", properties=properties)
    down = trace(readings([8.0, 7.0, 6.0], "V", 1000.0))
    flows = trace(readings([-0.2] * 3, "A", 1000.0))
    lit = trace(readings([1e-4 * light] * 5, "V", 1000.0))
    warm = trace(readings([celsius] * 5, "degC", 1000.0))
    end = Discharge((Leg(trace(readings([6.5], "V", 1.0)), flows, True),))
    device = Device(sample, CELL, {})
    return Cycle(device, end, Charge(lit, warm, 0.0, 4000.0), Discharge((Leg(down, flows, True),)))


def percent(one: Cycle) -> float:
    return float(one.percent(MonteCarlo(2, 1))[0, 0])


def test_energy_out_over_light_in() -> None:
    # 1500 s at 0.2 A from 8 V to 6.5 V, over 4000 s of 1000 W/m2 on 100 cm2.
    assert percent(cycle()) == pytest.approx(100.0 * 0.2 * 1500.0 * 7.25 / 40_000.0)


def test_temperature_and_light_are_brought_to_standard_conditions() -> None:
    plain = percent(cycle())
    assert percent(cycle(27.0, **{WARMTH: -0.001})) == pytest.approx(plain / 0.998)
    brighter = percent(cycle(light=1010.0))
    assert brighter == pytest.approx(plain / 1.01)
    assert percent(cycle(light=1010.0, **{LIGHT: 0.1})) == pytest.approx(brighter * 1.01**-0.1)


def test_what_sheet_and_bench_do_not_state_is_named() -> None:
    names = {one.name for one in cycle().unstated()}
    assert {WARMTH, LIGHT, "spectral_mismatch", "non_uniformity", "cell_heating"} <= names


def test_the_reference_cell_and_the_area_dominate() -> None:
    mc = MonteCarlo(4000, 1)
    figure = mc.figure(cycle().percent(mc), "%")
    assert figure.u / figure.value == pytest.approx((0.006**2 + 0.004**2) ** 0.5, rel=0.05)
