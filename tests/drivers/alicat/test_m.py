"""Alicat M driver: densities and what a meter lacks (lines: tests/golden/alicat)."""

from __future__ import annotations

from typing import Any

import pytest

from drivers.alicat._reference import DENSITIES, normal_density
from drivers.alicat.m import AlicatM
from drivers.roles.flow_meter import FlowMeter
from labctl.errors import Defect, InstrumentError, LimitRefused
from tests.drivers.scripted import ScriptedMessages, run, transcript

IDENTIFY = transcript("alicat/m", "identify")
MOLAR_VOLUME = 22.414e-3
"""Of an ideal gas at 0 degC and 101325 Pa, in m**3/mol."""

MASSES = {"Air": 28.965, "Ar": 39.948, "CH4": 16.043, "CO": 28.010, "CO2": 44.010}
MASSES |= {"H2": 2.016, "He": 4.0026, "N2": 28.014, "O2": 31.998}
"""Molar masses in g/mol."""


def meter(*script: dict[str, Any]) -> tuple[AlicatM, ScriptedMessages]:
    link = ScriptedMessages(script)
    driver = AlicatM(link, {})
    as_role: FlowMeter = driver
    assert as_role is driver
    return driver, link


def test_not_identified_is_a_defect() -> None:
    with pytest.raises(Defect):
        assert meter()[0].identity


@pytest.mark.parametrize("gas", sorted(DENSITIES))
def test_densities_are_those_of_the_gases(gas: str) -> None:
    assert normal_density(gas) == pytest.approx(MASSES[gas] * 1e-3 / MOLAR_VOLUME, rel=0.01)


def test_what_it_lacks() -> None:
    driver, _ = meter()
    for call in (driver.density, driver.total_mass, driver.total_volume):
        with pytest.raises(InstrumentError, match="has not") as caught:
            run(call)
        assert caught.value.address and caught.value.remedy


@pytest.mark.parametrize(("seconds", "milliseconds"), [(0.0, 1), (0.0101, 11), (0.3, 300)])
def test_the_shortest_averaging_that_is_long_enough(seconds: float, milliseconds: int) -> None:
    answer = f"A {milliseconds}"
    driver, link = meter({"send": f"ADCA 5 {milliseconds}", "answer": answer})
    run(lambda: driver.set_damping(seconds))
    assert link.is_done()


@pytest.mark.parametrize("seconds", [-1.0, 10.0, float("nan")])
def test_an_averaging_that_it_cannot_do_is_not_sent(seconds: float) -> None:
    driver, _ = meter()
    with pytest.raises(LimitRefused):
        run(lambda: driver.set_damping(seconds))


def test_resync_ends_a_stream() -> None:
    driver, link = meter({"send": "@@=A"}, *IDENTIFY[3:])
    run(driver.resync)
    run(driver.close)
    assert (link.resyncs, link.closed) == (1, 1)
