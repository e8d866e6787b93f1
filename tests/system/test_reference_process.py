"""Instruments of a process on the bench `reference`: what their drivers read is what is true."""

from __future__ import annotations

from typing import Any

import pytest

from drivers.alicat.m import AlicatM
from drivers.alicat.mc import AlicatMC
from drivers.keller.pa33x import KellerPA33X
from drivers.links.doors import Doors
from drivers.links.opening import open_link
from drivers.mettler_toledo.mt_sics import MettlerToledoMtSics
from drivers.newport.esp301 import NewportESP301
from drivers.roles.mass_flow_controller import GasFlow
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Reading
from sim_backends.bench import RoleSpec, SimBench
from sim_backends.worlds.reference.process import TRUTH
from tests.drivers.scripted import run
from tests.system.test_reference_values import limit, on_bench

TRANSMITTER = RoleSpec("keller.pa33x", "vessel", "serial")
BALANCE = RoleSpec("mettler_toledo.mt_sics", "pan", "serial")
STAGE = RoleSpec("newport.esp301", "axis", "serial")
CONTROLLER = RoleSpec("alicat.mc", "controlled_line", "serial")
METER = RoleSpec("alicat.m", "metered_line", "serial")
SEEDS = range(5)


def is_true(reading: Reading, port: str, quantity: str) -> bool:
    """Within the sheet's limits, three standard deviations and half a step of the truth."""
    assert reading.accuracy is not None
    line, true = reading.accuracy, TRUTH[port][quantity][0]
    return abs(reading.value - true) <= limit(reading) + 3 * line.noise + line.resolution / 2


@pytest.mark.parametrize("seed", SEEDS)
def test_transmitter_reads_the_vessel(seed: int) -> None:
    async def use(driver: KellerPA33X) -> tuple[Reading, ...]:
        await driver.set_averaging(0.1)
        return await driver.pressure(), await driver.temperature(), await driver.zero_offset()

    pressure, temperature, offset = on_bench(TRANSMITTER, KellerPA33X, use, seed)
    assert is_true(pressure, "vessel", "pressure")
    assert is_true(temperature, "vessel", "temperature")
    assert offset.value == 0.0


def test_transmitter_is_zeroed_and_back() -> None:
    async def use(driver: KellerPA33X) -> tuple[Reading, ...]:
        before = await driver.pressure()
        await driver.set_zero()
        zeroed, offset = await driver.pressure(), await driver.zero_offset()
        await driver.clear_zero()
        return before, zeroed, offset, await driver.pressure()

    before, zeroed, offset, after = on_bench(TRANSMITTER, KellerPA33X, use, 1)
    assert abs(zeroed.value) < limit(zeroed)
    assert offset.value == pytest.approx(before.value, abs=limit(before))
    assert after.value == pytest.approx(before.value, abs=limit(before))


@pytest.mark.parametrize("seed", SEEDS)
def test_balance_weighs_its_load(seed: int) -> None:
    async def use(driver: MettlerToledoMtSics) -> tuple[Reading, ...]:
        gross, tare = await driver.weigh(timeout=20.0), await driver.set_tare()
        net = await driver.weigh(timeout=20.0)
        await driver.clear_tare()
        return gross, tare, net, await driver.weigh(timeout=20.0)

    gross, tare, net, again = on_bench(BALANCE, MettlerToledoMtSics, use, seed)
    for reading in (gross, tare, again):
        assert is_true(reading, "pan", "mass")
    assert abs(net.value) < limit(net) + 3e-7


@pytest.mark.parametrize("act", [MettlerToledoMtSics.set_zero, MettlerToledoMtSics.adjust])
def test_balance_may_not_zero_or_adjust_with_a_load(act: Any) -> None:
    async def use(driver: MettlerToledoMtSics) -> None:
        with pytest.raises(InstrumentError):
            await act(driver)

    on_bench(BALANCE, MettlerToledoMtSics, use, 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_stage_goes_where_it_is_sent(seed: int) -> None:
    async def use(driver: NewportESP301) -> tuple[Any, ...]:
        at_power_on = await driver.position()
        await driver.home()
        homed = await driver.position()
        await driver.set_velocity(0.01, acceleration=0.05)
        began = clock.now()
        await driver.move_to(0.02)
        assert await driver.is_moving()
        there = await driver.wait(timeout=30.0)
        return at_power_on, homed, there, clock.now() - began

    at_power_on, homed, there, took = on_bench(STAGE, NewportESP301, use, seed)
    assert is_true(at_power_on, "axis", "position")
    assert is_true(homed, "axis", "position")
    assert abs(there.value - 0.02) <= limit(there)
    assert took == pytest.approx(0.02 / 0.01 + 0.01 / 0.05, abs=0.5)


def test_stage_is_stopped_on_its_way_and_left_without_current() -> None:
    async def use(driver: NewportESP301) -> tuple[Any, ...]:
        await driver.home()
        await driver.move_to(0.04)
        await clock.sleep(0.5)
        await driver.safe()
        stopped = await driver.position()
        await clock.sleep(5.0)
        with pytest.raises(InstrumentError, match="NOT ENABLED"):
            await driver.move_to(0.0)
        return stopped, await driver.position()

    stopped, later = on_bench(STAGE, NewportESP301, use, 1)
    assert 0.0 < stopped.value < 0.039
    assert later.value == pytest.approx(stopped.value, abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_controller_holds_a_flow(seed: int) -> None:
    target = 1e-4

    async def use(driver: AlicatMC) -> tuple[Any, ...]:
        idle = await driver.flow()
        await driver.set_flow(target)
        await clock.sleep(5.0)
        return idle, await driver.flow(), await driver.setpoint()

    idle, flow, setpoint = on_bench(CONTROLLER, AlicatMC, use, seed)
    assert is_true(idle.flow, "controlled_line", "flow")
    for reading, quantity in ((flow.pressure, "pressure"), (flow.temperature, "temperature")):
        assert is_true(reading, "controlled_line", quantity)
    assert setpoint.value == pytest.approx(target, rel=1e-3)
    assert abs(flow.flow.value - target) <= limit(flow.flow)


def test_controller_is_closed_and_made_safe() -> None:
    async def use(driver: AlicatMC) -> tuple[GasFlow, float]:
        await driver.set_gas("Ar")
        await driver.set_gas("N2")
        await driver.set_flow(2e-4)
        await clock.sleep(5.0)
        await driver.valve("closed")
        await clock.sleep(5.0)
        closed = await driver.flow()
        await driver.valve("control")
        await clock.sleep(5.0)
        await driver.safe()
        return closed, (await driver.setpoint()).value

    closed, setpoint = on_bench(CONTROLLER, AlicatMC, use, 1)
    assert abs(closed.flow.value) <= limit(closed.flow)
    assert setpoint == 0.0


@pytest.mark.parametrize("seed", SEEDS)
def test_meter_reads_the_flow(seed: int) -> None:
    async def use(driver: AlicatM) -> tuple[Any, ...]:
        faults = await driver.faults()
        volume, mass = await driver.volume_flow(), await driver.mass_flow()
        return faults, volume, mass, await driver.temperature()

    faults, volume, mass, temperature = on_bench(METER, AlicatM, use, seed)
    assert faults == ()
    assert (volume.operating, volume.temperature, volume.pressure) == (False, 0.0, 101325.0)
    assert is_true(volume.flow, "metered_line", "flow")
    assert is_true(mass, "metered_line", "mass_flow")
    assert is_true(temperature, "metered_line", "temperature")


def test_a_stream_left_running_is_ended() -> None:
    bench = SimBench("reference", {"one": METER}, None, 1)

    async def body() -> Reading:
        bench.open(clock.now())
        doors = Doors(simulated=True, visa_library=bench.visa_library)
        link: Any = await open_link(bench.address("one"), doors, AlicatM.settings)
        driver = AlicatM(link, {})
        try:
            await driver.identify()
            await link.write("A@=@")
            await clock.sleep(1.0)
            await driver.resync()
            return (await driver.volume_flow()).flow
        finally:
            await driver.close()
            bench.close()

    assert is_true(run(body), "metered_line", "flow")
