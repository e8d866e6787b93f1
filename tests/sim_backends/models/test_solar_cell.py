"""Temperature and irradiance against pvlib; signs of the coefficients."""

from __future__ import annotations

import pytest
from pvlib import pvsystem

from sim_backends.data.photovoltaic import FLEXIBLE_CELL, MODULE, TANDEM, Template
from sim_backends.models import series_stack, solar_cell
from sim_backends.models.photovoltaic_device import Junction, module_series
from sim_backends.samples.devices import draw
from sim_backends.streams import stream

JUNCTION = Junction(
    photocurrent=0.35,
    photocurrent_slope=5e-4,
    saturation=1e-10,
    bandgap=1.12,
    ideality=1.1,
    shunt=300.0,
    cells=12,
)


@pytest.mark.parametrize("irradiance", [50.0, 800.0, 1000.0])
@pytest.mark.parametrize("temperature", [5.0, 25.0, 65.0])
def test_parameters_agree_with_pvlib(irradiance: float, temperature: float) -> None:
    photocurrent, saturation, _, shunt, slope = pvsystem.calcparams_pvsyst(
        irradiance,
        temperature,
        alpha_sc=JUNCTION.photocurrent * JUNCTION.photocurrent_slope,
        gamma_ref=JUNCTION.ideality,
        mu_gamma=0.0,
        I_L_ref=JUNCTION.photocurrent,
        I_o_ref=JUNCTION.saturation,
        R_sh_ref=JUNCTION.shunt,
        R_sh_0=JUNCTION.shunt,
        R_s=1.0,
        cells_in_series=JUNCTION.cells,
        EgRef=JUNCTION.bandgap,
    )
    diode = solar_cell.diode(JUNCTION, irradiance, temperature)
    # pvlib's Boltzmann constant is older than SI 2019.
    assert diode == pytest.approx((photocurrent, saturation, shunt, slope), rel=1e-4)
    assert diode.photocurrent == pytest.approx(photocurrent, rel=1e-12)


@pytest.mark.parametrize("template", [FLEXIBLE_CELL, MODULE, TANDEM])
def test_power_falls_with_temperature(template: Template) -> None:
    device = draw(template, stream(1, "test"))
    cold, warm = (solar_cell.maximum_power(device, 1000.0, t) for t in (20.0, 30.0))
    coefficient = (warm - cold) / (warm + cold) / 5.0
    assert -0.004 < coefficient < -0.0005


@pytest.mark.parametrize("template", [FLEXIBLE_CELL, MODULE, TANDEM])
def test_power_never_exceeds_the_light(template: Template) -> None:
    device = draw(template, stream(2, "test"))
    for irradiance in (100.0, 1000.0):
        power = solar_cell.maximum_power(device, irradiance, 25.0)
        assert 0.0 < power < 0.35 * irradiance * device.area


def test_ten_cells_give_ten_times_the_voltage() -> None:
    cell = solar_cell.diode(JUNCTION, 1000.0, 25.0)
    ten = cell._replace(slope=10 * cell.slope, shunt=10 * cell.shunt)
    one = series_stack.voltage((cell,), 0.1, 0.3)
    assert series_stack.voltage((ten,), 1.0, 0.3) == pytest.approx(10 * one, rel=1e-12)


def test_interconnections_stand_between_cells() -> None:
    assert module_series(0.4, 10, 0.05) == pytest.approx(4.45)
    assert module_series(3.0, 1, 0.05) == 3.0
