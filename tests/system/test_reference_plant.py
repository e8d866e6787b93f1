"""Chamber, gateway, cycler and gas probe on the bench `reference`: read within their sheets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from drivers.codecs.neware_program import ConstantCurrent, Rest
from drivers.generic.modbus_transmitter import ModbusTransmitter
from drivers.links.doors import Doors
from drivers.links.opening import open_link
from drivers.mqtt.gateway import MqttGateway
from drivers.neware.bts import NewareBTS
from drivers.vaisala.gmp252 import VaisalaGMP252
from drivers.watlow.f4t import WatlowF4T
from labctl import clock
from labctl.errors import InstrumentError, LimitRefused
from labctl.evidence import Reading
from labctl.platform.sockets import listen_locally
from sim_backends.bench import RoleSpec, SimBench
from sim_backends.faults import Silence
from sim_backends.worlds.reference.plant import ports
from tests.drivers.scripted import run
from tests.system.test_reference_values import limit

CHAMBER = RoleSpec("watlow.f4t", "chamber", "modbus-tcp")
RACK = RoleSpec("mqtt.gateway", "rack", "mqtt")
CELLS = RoleSpec("neware.bts", "cells", "visa")
AIR = RoleSpec("vaisala.gmp252", "probe_air", "modbus-rtu")
TRUTH = ports(1, 0.0)[1]
PROBE_MAP = """
maker = "Vaisala"
model = "GMP252"
word_order = "low_first"
identity = { object = 1, matches = "GMP25[2x]" }
serial = { object = 128 }

[channels.carbon_dioxide]
register = 0
type = "float32"
unit = "ppm"
low = 0.0
high = 3000.0
accuracy = { offset = 40.0, source = "GMP252 datasheet B211567EN" }

[channels.temperature]
register = 4
type = "float32"
unit = "degC"
"""

Use = Callable[[Any, SimBench], Awaitable[Any]]


def on_bench(spec: RoleSpec, driver: Any, use: Use, seed: int, *, faulty: bool = False) -> Any:
    """What `use` makes of an identified driver on the emulator of `spec`, made safe at the end."""
    bench = SimBench("reference", {"one": spec}, None, seed, faulty=faulty, listen=listen_locally)

    async def body() -> Any:
        bench.open(clock.now())
        doors = Doors(simulated=True, visa_library=bench.visa_library)
        link = await open_link(bench.address("one"), doors, driver.settings)
        opened = driver(link, {})
        try:
            await opened.identify()
            found = await use(opened, bench)
            await opened.safe()
            return found
        finally:
            await opened.close()
            bench.close()

    return run(body)


def agrees(reading: Reading, port: str, quantity: str, factor: float = 1.0) -> bool:
    expected = TRUTH[port][quantity][0] * factor
    return abs(reading.value - expected) < 1.05 * limit(reading)


@pytest.mark.parametrize("seed", range(3))
def test_the_chamber_reads_its_air_and_reaches_its_set_point(seed: int) -> None:
    async def use(chamber: WatlowF4T, bench: SimBench) -> tuple[Reading, ...]:
        air, damp = await chamber.temperature(), await chamber.humidity()
        await chamber.set_rate(3.0 / 60)
        await chamber.set_temperature(60.0)
        await chamber.control(True)
        await clock.sleep(300.0)
        half_way = await chamber.setpoint()
        await clock.sleep(7200.0)
        return air, damp, half_way, await chamber.temperature()

    air, damp, half_way, hot = on_bench(CHAMBER, WatlowF4T, use, seed)
    assert agrees(air, "chamber", "temperature")
    assert agrees(damp, "chamber", "humidity")
    assert 30.0 < half_way.value < 60.0
    assert hot.value == pytest.approx(60.0, abs=1.0)


def test_the_chamber_refuses_settings_while_a_profile_runs() -> None:
    async def use(chamber: WatlowF4T, bench: SimBench) -> tuple[str, str]:
        await chamber.start_profile(1)
        with pytest.raises(InstrumentError, match="a profile is running"):
            await chamber.set_temperature(30.0)
        await chamber.pause_profile(True)
        paused = await chamber.profile_state()
        with pytest.raises(LimitRefused):
            await chamber.set_temperature(500.0)
        await chamber.safe()
        return paused, await chamber.profile_state()

    assert on_bench(CHAMBER, WatlowF4T, use, 1) == ("paused", "terminated")


@pytest.mark.parametrize("seed", range(2))
def test_the_gateway_reads_every_channel_and_keeps_a_log(seed: int) -> None:
    async def use(gateway: MqttGateway, bench: SimBench) -> tuple[Any, ...]:
        known = await gateway.channels()
        await gateway.start(["room_temperature"], sample_rate=0.1)
        began = clock.stamp()[1]
        found = {name: await gateway.read(name) for name in known}
        await clock.sleep(200.0)
        offset = await gateway.clock_offset()
        log = await gateway.logged("room_temperature", since=began + offset.value)
        return known, found, offset, log

    known, found, offset, log = on_bench(RACK, MqttGateway, use, seed)
    assert set(known) == set(TRUTH["rack"])
    for name, reading in found.items():
        assert reading.unit == TRUTH["rack"][name][1] == known[name]
        if reading.accuracy is not None:
            assert agrees(reading, "rack", name), name
    assert abs(offset.value) < 0.51
    assert len(log.time) == 20 and log.lost == 0
    assert np.allclose(np.diff(log.time), 10.0, atol=2e-3)
    assert np.all(np.abs(log.values.values - TRUTH["rack"]["room_temperature"][0]) < 0.25)


def test_the_gateway_drives_its_heater_and_is_told_as_gone() -> None:
    async def use(gateway: MqttGateway, bench: SimBench) -> tuple[float, float]:
        await gateway.start([], sample_rate=0.01)
        await gateway.set_output("plate_heater", 50.0)
        await clock.sleep(600.0)
        hot = (await gateway.read("plate_temperature")).value
        await gateway.safe()
        return hot, (await gateway.read("plate_heater")).value

    hot, off = on_bench(RACK, MqttGateway, use, 1)
    assert hot > TRUTH["rack"]["plate_temperature"][0] + 5.0
    assert off == 0.0


@pytest.mark.parametrize("seed", range(2))
def test_the_cycler_runs_a_program_and_its_log_adds_up(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "cycle.xml"
    steps = [Rest(60.0), ConstantCurrent(1.25, duration=300.0), ConstantCurrent(-2.5, voltage=2.8)]

    async def use(cycler: NewareBTS, bench: SimBench) -> tuple[Any, ...]:
        at_rest = [await cycler.status(channel) for channel in await cycler.channels()]
        await cycler.save_program(path, steps, interval=10.0)
        await cycler.start(1, program=str(path), test="cell-7")
        await clock.sleep(400.0)
        with pytest.raises(InstrumentError, match="is working"):
            await cycler.start(1, program=str(path), test="cell-8")
        record = await cycler.records(1, first=0, count=1000)
        done = await cycler.steps(1)
        await cycler.stop(1)
        return at_rest, record, done, await cycler.status(1)

    at_rest, record, done, stopped = on_bench(CELLS, NewareBTS, use, seed)
    for number, status in enumerate(at_rest, 1):
        assert agrees(status.voltage, "cells", f"channel_{number}_voltage")
        assert agrees(status.current, "cells", "current")
    assert [(step.step, step.kind) for step in done] == [
        (1, "rest"),
        (2, "CC charge"),
        (3, "CC discharge"),
    ]
    assert done[1].end - done[1].start == pytest.approx(300.0)
    assert np.all(np.diff(record.time) >= 0) and np.all(np.diff(record.index) == 1)
    charging = record.step == 2
    assert np.allclose(record.current.values[charging], 1.25, atol=0.0032)
    assert record.charge.values[charging][-1] == pytest.approx(375.0, rel=3e-3)
    assert (stopped.state, stopped.current.value) == ("idle", 0.0)


@pytest.mark.parametrize("seed", range(3))
def test_the_probe_reads_the_gas(seed: int) -> None:
    async def use(probe: VaisalaGMP252, bench: SimBench) -> tuple[Reading, Reading, str]:
        await probe.set_compensation(pressure=101325.0, oxygen=0.21, humidity=45.0)
        return await probe.fraction(), await probe.temperature(), await probe.state()

    fraction, temperature, state = on_bench(AIR, VaisalaGMP252, use, seed)
    assert agrees(fraction, "probe_air", "carbon_dioxide", 1e-6)
    assert agrees(temperature, "probe_air", "temperature")
    assert state == "ok"


def test_any_transmitter_is_read_by_a_map(tmp_path: Path) -> None:
    path = tmp_path / "probe.toml"
    path.write_text(PROBE_MAP, encoding="utf-8")

    async def use(probe: ModbusTransmitter, bench: SimBench) -> tuple[Any, ...]:
        return probe.identity, await probe.read("carbon_dioxide"), await probe.channels()

    driver = ModbusTransmitter.configured({"map": str(path)})
    identity, reading, channels = on_bench(AIR, driver, use, 1)
    assert identity.model == "GMP252" and identity.simulated
    assert agrees(reading, "probe_air", "carbon_dioxide")
    assert channels == {"carbon_dioxide": "ppm", "temperature": "degC"}


def test_reading_goes_on_after_the_line_failed_once() -> None:
    async def use(cycler: NewareBTS, bench: SimBench) -> Reading:
        bench.inject("one", Silence(at=bench.transactions("one") + 1, times=1))
        return (await cycler.status(1)).voltage

    assert agrees(on_bench(CELLS, NewareBTS, use, 1, faulty=True), "cells", "channel_1_voltage")
