from __future__ import annotations

import pytest

from sim_backends.models.gas_line import MOLAR_MASS, VISCOSITY, GasLine, mass_flow


def test_flow_goes_with_the_opening() -> None:
    line = GasLine("Ar", 2e-4, 3e5, 20.0)
    half = line.state(0.5, 1.0)
    assert (half.flow, half.pressure, half.temperature, half.gas) == (1e-4, 3e5, 20.0, "Ar")
    assert line.state(0.0, 1.0).flow == 0.0


def test_density_in_the_normal_state() -> None:
    # DIN EN ISO 12213: methane 0.7175, carbon dioxide 1.977 kg/m3, real gases within 1 %.
    assert mass_flow(1.0, "CH4") == pytest.approx(0.7175, rel=0.01)
    assert mass_flow(1.0, "CO2") == pytest.approx(1.977, rel=0.01)


def test_every_gas_has_both_properties() -> None:
    assert set(VISCOSITY) == set(MOLAR_MASS)
    assert all(7e-6 < value < 32e-6 for value in VISCOSITY.values())
