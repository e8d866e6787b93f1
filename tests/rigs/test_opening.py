"""The whole simulated photovoltaic bench, and what is left when opening fails half way."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from pymodbus.transport.transport import NullModem

from labctl import clock
from labctl.catalogue import load
from labctl.errors import (
    BenchError,
    InstrumentError,
    LabError,
    LimitRefused,
    LinkError,
    UsageError,
)
from labctl.labs import SampleRequest
from rigs.benches import simulated_bench
from rigs.opened import Opened
from rigs.opening import open_bench
from rigs.photovoltaic import PhotovoltaicRig

T = TypeVar("T")
TEXT = simulated_bench("photovoltaic").read_text(encoding="utf-8")
ID = "1.1-03"
REQUEST = SampleRequest(ID, load().get(ID).nominal)


def run(body: Callable[[Opened, PhotovoltaicRig], Awaitable[T]], seed: int = 1) -> T:
    async def main() -> T:
        opened = await open_bench(None, rig=PhotovoltaicRig, sample=REQUEST, seed=seed)
        try:
            return await body(opened, opened.rig)
        finally:
            await opened.close()
            await opened.close()

    try:
        return clock.run(main(), virtual=True)
    finally:
        assert not NullModem.is_dirty()


def fails(bench: Path | None, sample: SampleRequest | None = REQUEST) -> LabError:
    async def main() -> None:
        await open_bench(bench, rig=PhotovoltaicRig, sample=sample, seed=1)

    with pytest.raises(LabError) as caught:
        clock.run(main(), virtual=True)
    assert not NullModem.is_dirty()
    return caught.value


async def light(rig: PhotovoltaicRig) -> None:
    await rig.lamp.lamp(True)
    await rig.lamp.set_irradiance(1000.0)
    await clock.sleep(901.0)
    await rig.lamp.shutter(True)


def test_every_role_is_identified_as_simulated() -> None:
    async def body(opened: Opened, rig: PhotovoltaicRig) -> None:
        assert opened.simulated
        assert opened.bench_name == "photovoltaic"
        assert opened.bench_text == TEXT
        assert {one.role for one in opened.instruments} == set(rig.roles())
        assert all(one.identity.simulated for one in opened.instruments)
        assert {one.identity.model for one in opened.instruments} == {
            *("2450", "DMM6500", "LLP-SOL1", "LLP-BEND1", "3216")
        }
        assert opened.sample is not None
        assert opened.sample.quantity("area", "cm**2").u > 0
        assert rig.reference_cell.responsivity.unit == "V*m**2/W"
        assert rig.reference_cell.responsivity.value == pytest.approx(1e-4)

    run(body)


def test_light_gives_current_and_the_reference_cell_sees_it() -> None:
    async def body(opened: Opened, rig: PhotovoltaicRig) -> None:
        await light(rig)
        assert await rig.lamp.is_warm()
        volts = await rig.reference_meter.measure_voltage(voltage_range=0.1)
        assert volts.value / rig.reference_cell.responsivity.value == pytest.approx(1000, rel=0.05)
        meter = rig.source_meter
        await meter.source_voltage(0.0, compliance=0.1)
        await meter.output(True)
        short = await meter.measure()
        await meter.source_current(0.0, compliance=2.0)
        opened_circuit = await meter.measure()
        assert short.current.value < -0.01
        assert 0.8 < opened_circuit.voltage.value < 1.4
        assert not short.in_compliance
        assert not opened_circuit.in_compliance
        await rig.lamp.shutter(False)
        await meter.source_voltage(0.0, compliance=0.1)
        dark = await meter.measure()
        assert abs(dark.current.value) < 1e-2 * abs(short.current.value)

    run(body)


def test_a_source_held_by_its_compliance_says_so() -> None:
    async def body(opened: Opened, rig: PhotovoltaicRig) -> None:
        await light(rig)
        meter = rig.source_meter
        await meter.source_voltage(0.0, compliance=1e-3)
        await meter.output(True)
        point = await meter.measure()
        assert abs(point.current.value) == pytest.approx(1e-3, rel=1e-2)
        assert point.in_compliance
        sweep = await meter.sweep_voltage(0.0, 0.5, 3, delay=0.01, compliance=1e-3)
        assert all(point.in_compliance for point in sweep)

    run(body)


def test_sweep_both_ways_in_the_order_asked_for_and_off_afterwards() -> None:
    async def body(opened: Opened, rig: PhotovoltaicRig) -> None:
        await light(rig)
        down = await rig.source_meter.sweep_voltage(1.2, -0.1, 27, delay=0.02, compliance=0.1)
        volts = [point.voltage.value for point in down]
        assert volts == sorted(volts, reverse=True)
        assert volts[0] == pytest.approx(1.2, abs=2e-3)
        assert volts[-1] == pytest.approx(-0.1, abs=2e-3)
        times = [point.current.t for point in down]
        assert times == sorted(times)
        assert times[-1] < clock.now()
        assert 26 * 0.04 <= times[-1] - times[0] < 26 * 0.1
        up = await rig.source_meter.sweep_voltage(-0.1, 1.2, 27, delay=0.02, compliance=0.1)
        assert up[0].current.t > times[-1]
        await rig.safe()

    run(body)


def test_chuck_goes_to_its_set_point_and_bender_bends() -> None:
    async def body(opened: Opened, rig: PhotovoltaicRig) -> None:
        await rig.chuck.set_temperature(45.0)
        await rig.chuck.control(True)
        await rig.bender.set_radius(0.015)
        assert (await rig.bender.radius()).value == pytest.approx(0.015, abs=1e-4)
        await rig.bender.start(100, frequency=1.0)
        await clock.sleep(30.5)
        assert await rig.bender.is_running()
        assert (await rig.bender.cycles_done()).value == pytest.approx(30, abs=1)
        await clock.sleep(1800.0)
        assert (await rig.bender.cycles_done()).value == 100
        assert (await rig.chuck.temperature()).value == pytest.approx(45.0, abs=0.5)
        assert (await rig.chuck.output_power()).value > 0

    run(body)


def test_safe_leaves_everything_off() -> None:
    async def body(opened: Opened, rig: PhotovoltaicRig) -> None:
        await light(rig)
        await rig.chuck.control(True)
        await rig.source_meter.source_voltage(0.5, compliance=0.1)
        await rig.source_meter.output(True)
        await rig.bender.start(1000, frequency=1.0)
        await rig.safe()
        assert not await rig.bender.is_running()
        assert (await rig.chuck.output_power()).value == 0
        assert not await rig.lamp.is_warm()
        with pytest.raises(InstrumentError):
            await rig.lamp.shutter(True)

    run(body)


def test_every_role_comes_back_from_a_resync() -> None:
    async def body(opened: Opened, rig: PhotovoltaicRig) -> None:
        for driver in rig.roles().values():
            await driver.resync()
            assert (await driver.identify()).simulated
        await rig.safe()

    run(body)


def test_limits_of_the_bench_are_kept() -> None:
    async def body(opened: Opened, rig: PhotovoltaicRig) -> None:
        with pytest.raises(LimitRefused):
            await rig.source_meter.source_voltage(20.5, compliance=0.1)
        with pytest.raises(LimitRefused):
            await rig.chuck.set_temperature(95.0)

    run(body)


def test_two_benches_at_once_do_not_meet() -> None:
    async def main() -> None:
        first = await open_bench(None, rig=PhotovoltaicRig, sample=REQUEST, seed=1)
        second = await open_bench(None, rig=PhotovoltaicRig, sample=REQUEST, seed=2)
        addresses = [one.address for bench in (first, second) for one in bench.instruments]
        assert len(set(addresses)) == len(addresses)
        await first.close()
        await second.rig.safe()
        await second.close()

    clock.run(main(), virtual=True)


def test_same_seed_gives_the_same_readings() -> None:
    async def body(opened: Opened, rig: PhotovoltaicRig) -> list[tuple[float, float]]:
        await light(rig)
        sweep = await rig.source_meter.sweep_voltage(0.0, 1.1, 5, delay=0.01, compliance=0.1)
        return [(point.voltage.value, point.current.value) for point in sweep]

    first = run(body)
    assert run(body) == first
    assert run(body, seed=2) != first


def changed(folder: Path, old: str, new: str) -> Path:
    assert old in TEXT
    path = folder / "bench.toml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    return path


def test_wrong_instrument_is_named_and_nothing_stays_open(tmp_path: Path) -> None:
    path = changed(tmp_path, 'emulator = "keithley.k2450"', 'emulator = "keithley.dmm6500"')
    path.write_text(
        path.read_text(encoding="utf-8").replace('port = "terminals"', 'port = "reference_shunt"'),
        encoding="utf-8",
    )
    error = fails(path)
    assert isinstance(error, InstrumentError)
    assert error.command == "*IDN?"
    assert "DMM6500" in error.answer
    assert "source_meter" in error.address
    assert "while identifying source_meter" in error.__notes__


def test_another_model_of_the_same_protocol_is_named(tmp_path: Path) -> None:
    path = changed(tmp_path, 'emulator = "llp.sol1"', 'emulator = "llp.bend1"')
    path.write_text(
        path.read_text(encoding="utf-8").replace('port = "lamp"', 'port = "clamp"'),
        encoding="utf-8",
    )
    error = fails(path)
    assert isinstance(error, InstrumentError)
    assert "LLP-BEND1" in error.answer


def test_bench_errors_leave_nothing_open(tmp_path: Path) -> None:
    error = fails(changed(tmp_path, 'port = "clamp"', 'port = "nowhere"'))
    assert isinstance(error, BenchError)
    assert "nowhere" in str(error)
    assert isinstance(fails(tmp_path / "nothing.toml"), BenchError)


def test_simulated_bench_needs_to_know_the_sample() -> None:
    assert isinstance(fails(None, None), UsageError)


def test_real_bench_without_instruments_is_a_link_error(tmp_path: Path) -> None:
    path = tmp_path / "real.toml"
    example = simulated_bench("photovoltaic").parents[1] / "example_photovoltaic.toml"
    text = example.read_text(encoding="utf-8")
    text = text.replace("192.0.2.10::5025", "127.0.0.1::1")
    path.write_text(text, encoding="utf-8")
    shutil.copytree(example.parent / "certificates", tmp_path / "certificates")

    async def main() -> None:
        await open_bench(path, rig=PhotovoltaicRig, sample=REQUEST, seed=1)

    with pytest.raises(LinkError) as caught:
        clock.run(main(), virtual=False)
    assert caught.value.address == "visa://TCPIP::127.0.0.1::1::SOCKET"
