"""Alicat MC driver: units, states, the way to no flow (lines: tests/golden/alicat)."""

from __future__ import annotations

from typing import Any

import pytest

from drivers.alicat._reference import NORMAL, STANDARD
from drivers.alicat.mc import AlicatMC
from drivers.roles.mass_flow_controller import MassFlowController
from labctl.errors import Defect, InstrumentError, LimitRefused
from tests.drivers.scripted import ScriptedMessages, run, transcript

IDENTIFY = transcript("alicat/mc", "identify")
SETTLED = "A +014.62 +021.89 +000.00 +000.00 +000.00     N2"
FLOWING = "A +014.62 +021.89 +078.95 +078.95 +000.00     N2"


def controller(*script: dict[str, Any], **limits: float) -> tuple[AlicatMC, ScriptedMessages]:
    link = ScriptedMessages(script)
    driver = AlicatMC(link, limits)
    as_role: MassFlowController = driver
    assert as_role is driver
    return driver, link


def full_scale(answer: str) -> list[dict[str, Any]]:
    return [*IDENTIFY[:3], {"send": "AFPF 5", "answer": answer}, IDENTIFY[4]]


def told(kind: str, answer: str = "?") -> dict[str, Any]:
    return {"send": f"ADCFRT {kind}", "answer": answer}


def test_not_identified_is_a_defect() -> None:
    with pytest.raises(Defect):
        assert controller()[0].identity


def test_the_states_as_delivered() -> None:
    assert STANDARD.to_role == pytest.approx(273.15 / 298.15, rel=1e-5)
    assert NORMAL.to_role == pytest.approx(1.0, rel=1e-5)


@pytest.mark.parametrize(
    ("answer", "state", "flow"),
    [
        ("A +500.00 12 SCCM", told("S"), 500e-6 / 60 * 273.15 / 298.15),
        ("A +5.0000 7 SLPM", told("S"), 5e-3 / 60 * 273.15 / 298.15),
        ("A +5.0000 37 NLPM", told("N"), 5e-3 / 60),
    ],
)
def test_the_range_in_the_roles_unit(answer: str, state: dict[str, Any], flow: float) -> None:
    driver, link = controller(*full_scale(answer), state)

    async def body() -> None:
        await driver.identify()
        with pytest.raises(LimitRefused):
            await driver.set_flow(1.001 * flow)

    run(body)
    assert link.is_done()


@pytest.mark.parametrize("answer", ["A +500.00 63 %", "A +500.00 SCCM", "B +500.00 12 SCCM"])
def test_a_range_in_no_unit_of_flow_is_told(answer: str) -> None:
    driver, _ = controller(*full_scale(answer))
    with pytest.raises(InstrumentError) as caught:
        run(driver.identify)
    assert caught.value.remedy


def test_a_reference_state_in_fahrenheit_is_told() -> None:
    pressure = {"send": "ADCFRP S", "answer": "A 14.696 10 PSIA"}
    driver, _ = controller(*IDENTIFY[:-1], told("S", "A 77.0 3 F"), pressure)
    with pytest.raises(InstrumentError, match="reference state"):
        run(driver.identify)


def test_gas_that_flows_on_is_stopped_by_the_valve() -> None:
    held = {"send": "AHC", "answer": f"{FLOWING} HLD"}
    stopped = {"send": "ALS 0.00", "answer": "A +078.95 +000.00 12 SCCM"}
    flowing = [{"send": "A", "answer": FLOWING}] * 15
    driver, link = controller(*IDENTIFY, stopped, *flowing, held, {"send": "A", "answer": SETTLED})

    async def body() -> None:
        await driver.identify()
        await driver.safe()

    run(body)
    assert link.is_done()


def test_gas_that_flows_through_a_closed_valve_is_told() -> None:
    held = {"send": "AHC", "answer": f"{FLOWING} HLD"}
    stopped = {"send": "ALS 0.00", "answer": "A +078.95 +000.00 12 SCCM"}
    flowing = [{"send": "A", "answer": FLOWING}] * 15
    driver, _ = controller(*IDENTIFY, stopped, *flowing, held, *flowing)

    async def body() -> None:
        await driver.identify()
        await driver.safe()

    with pytest.raises(InstrumentError, match="closed valve") as caught:
        run(body)
    assert "shut" in caught.value.remedy


def test_a_valve_that_is_not_held_is_told() -> None:
    driver, _ = controller({"send": "AHC", "answer": FLOWING})
    with pytest.raises(InstrumentError, match="not closed"):
        run(lambda: driver.valve("closed"))


def test_resync_ends_a_stream() -> None:
    driver, link = controller({"send": "@@=A"}, *IDENTIFY[3:])
    run(driver.resync)
    run(driver.close)
    assert (link.resyncs, link.closed) == (1, 1)
    assert link.is_done()
