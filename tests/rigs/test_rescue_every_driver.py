"""Every driver makes its instrument safe without having seen it before, whatever it was left in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from drivers.bronkhorst.propar import BronkhorstPropar
from drivers.codecs import llp
from labctl import clock
from tests.rigs.left_behind import Left, halves, rescued
from tests.system.faulted import tried

SLOW = {"mass_spectrometer": 4.0, "gas_sensor": 2.0}
"""Seconds for roles that need more than one: a filament is off when it has cooled, and half a frame
without an end spoils the first question."""

ENDED_BY_RESYNC = {"source_meter", "potentiostat", "rodeostat"}
"""Roles that let go of the device when the measurement under way is ended."""

TINY = 1e-9
"""What counts as nothing where the driver states no limits of error, in the reading's unit."""


def answered(query: str, wanted: float) -> Callable[[Any], Awaitable[bool]]:
    """Whether the line answers `query` with the number `wanted`."""

    async def ask(link: Any) -> bool:
        return float(await link.query(query)) == wanted

    return ask


def said(query: str, wanted: str) -> Callable[[Any], Awaitable[bool]]:
    """Whether the line answers `query` with the text `wanted`."""

    async def ask(link: Any) -> bool:
        return (await link.query(query)).strip() == wanted

    return ask


def line_says(query: str) -> Callable[[Any], Awaitable[bool]]:
    """Whether an LLP1 instrument answers `query` with 0."""

    async def ask(link: Any) -> bool:
        return llp.decode(await link.query(llp.encode(query))) == llp.Values(("0",))

    return ask


def holds(register: int, wanted: int) -> Callable[[Any], Awaitable[bool]]:
    """Whether holding register `register` is `wanted`."""

    async def ask(link: Any) -> bool:
        return await link.read_holding(register) == [wanted]

    return ask


def reads_nothing(method: str) -> Callable[[Any], Awaitable[bool]]:
    """Whether what `method` reads a moment later is 0 within the limits of error."""

    async def ask(driver: Any) -> bool:
        await driver.identify()
        await clock.sleep(5.0)
        found = await READ[method](driver)
        offset = 0.0 if found.accuracy is None else found.accuracy.offset
        return abs(found.value) < 1.05 * offset + TINY

    return ask


async def _flow(driver: Any) -> Any:
    return (await driver.flow()).flow


async def _cell_current(driver: Any) -> Any:
    return (await driver.measure()).current


async def _plate(driver: Any) -> Any:
    return await driver.read("plate_heater")


async def _power(driver: Any) -> Any:
    return (await driver.pack()).power


async def _channel_current(driver: Any) -> Any:
    return (await driver.status(1)).current


READ: dict[str, Callable[[Any], Awaitable[Any]]] = {
    "flow": _flow,
    "cell": _cell_current,
    "plate": _plate,
    "power": _power,
    "channel": _channel_current,
}


async def sweeps(smu: Any) -> None:
    await smu.source_voltage(1.0, compliance=10e-3)
    await smu.output(True)
    await smu.sweep_voltage(0.5, 1.0, 50, delay=0.1, compliance=10e-3)


async def heats(controller: Any) -> None:
    await controller.set_temperature(60.0)
    await controller.control(True)
    await clock.sleep(60.0)
    await controller.temperature()


async def shines(lamp: Any) -> None:
    await lamp.lamp(True)
    await lamp.shutter(True)
    await lamp.set_irradiance(1000.0)


async def bends(bender: Any) -> None:
    await bender.set_radius(5e-3)
    await bender.start(1000, frequency=1.0)


async def stores(storage: Any) -> None:
    await storage.connect(True)
    await storage.set_power(1000.0)


async def runs_on_battery(ups: Any) -> None:
    await ups.test_battery()


async def scans_a_cell(board: Any) -> None:
    await board.apply_potential(0.4)
    await board.cell(True)
    await board.chronoamperometry(0.4, interval=0.05, duration=60.0)


async def moves(stage: Any) -> None:
    await stage.servo(True)
    await stage.home()
    await stage.set_velocity(1e-4, acceleration=1e-2)
    await stage.move_to(10e-3)


async def lets_gas_through(controller: Any) -> None:
    await controller.set_flow(5e-6 if isinstance(controller, BronkhorstPropar) else 1e-4)


async def draws(load: Any) -> None:
    await load.sink_current(2.0)
    await load.input(True)
    await load.transient(1.0, 2.0, frequency=10.0, duty=0.5)


async def runs_a_profile(chamber: Any) -> None:
    await chamber.start_profile(1)


async def emits(head: Any) -> None:
    await head.filament(True)
    await head.multiplier(1400.0)
    await head.scan(1, 100, points_per_mass=10)


async def biases(bridge: Any) -> None:
    await bridge.set_level(1.0)
    await bridge.sweep_bias([1.5, 2.0] * 20, delay=0.2)


async def feeds(supply: Any) -> None:
    await supply.set_voltage(5.0)
    await supply.set_current_limit(1.0)
    await supply.output(True)


async def heats_a_plate(gateway: Any) -> None:
    await gateway.start([], sample_rate=0.01)
    await gateway.set_output("plate_heater", 50.0)


def _text_end(data: bytes) -> int | None:
    return len(data) if data.endswith(b"\r") else None


async def filament_is_off(link: Any) -> bool:
    return float(await link.exchange(b"FL?\r", _text_end)) == 0.0


async def has_no_profile(chamber: Any) -> bool:
    return await chamber.profile_state() in ("off", "terminated")


async def has_no_test(ups: Any) -> bool:
    return await ups.battery_test() != "running"


LEFT = {
    "source_meter": Left(sweeps, 2.0, answered(":OUTP?", 0)),
    "source_meter_2400": Left(sweeps, 2.0, answered(":OUTP?", 0)),
    "dual_source_meter": Left(sweeps, 2.0, answered("print(smua.source.output)", 0)),
    "temperature_controller": Left(heats, 60.05, holds(273, 1)),
    "solar_simulator": Left(shines, 2.0, line_says("LAMP?")),
    "bending_tester": Left(bends, 5.3, line_says("RUN?")),
    "storage": Left(stores, 20.0, seen=reads_nothing("power")),
    "ups": Left(runs_on_battery, 3.0, seen=has_no_test),
    "potentiostat": Left(scans_a_cell, 5.0, seen=reads_nothing("cell")),
    "rodeostat": Left(scans_a_cell, 5.0, seen=reads_nothing("cell")),
    "motion_stage": Left(moves, 40.0, said("1MO?", "0")),
    "mass_flow_controller": Left(lets_gas_through, 5.0, seen=reads_nothing("flow")),
    "inlet_flow_controller": Left(lets_gas_through, 5.0, seen=reads_nothing("flow")),
    "electronic_load": Left(draws, 2.0, answered(":SOUR:INP:STAT?", 0)),
    "climate_chamber": Left(runs_a_profile, 60.0, seen=has_no_profile),
    "mass_spectrometer": Left(emits, 20.0, filament_is_off),
    "impedance_analyzer": Left(biases, 3.0, answered(":BIAS:STAT?", 0)),
    "power_supply": Left(feeds, 2.0, said(":OUTP? CH1", "OFF")),
    "data_gateway": Left(heats_a_plate, 5.0, seen=reads_nothing("plate")),
    "lake_shore_m336": Left(heats, 60.05, answered("RANGE? 1", 0)),
}
"""What drives something, and how it is told that it does no more; all others only answer."""


@pytest.mark.parametrize("part", [0.37, 1.0])
@pytest.mark.parametrize("role", sorted(LEFT))
def test_who_drives_something_is_made_safe_by_a_driver_that_never_saw_it(
    role: str, part: float
) -> None:
    found = clock.run(rescued(role, LEFT[role], part=part), virtual=True)
    assert found.after or found.seen
    assert found.took <= SLOW.get(role, 1.0)


@pytest.mark.parametrize("role", sorted(set(LEFT) - ENDED_BY_RESYNC))
def test_a_known_line_alone_makes_nobody_safe(role: str) -> None:
    found = clock.run(rescued(role, LEFT[role], safe=False), virtual=True)
    assert not found.after and not found.seen


@pytest.mark.parametrize("role", sorted(set(tried()) - set(LEFT)))
def test_who_only_answers_is_brought_to_a_known_line(role: str) -> None:
    assert clock.run(rescued(role, Left()), virtual=True).took <= 1.0


@pytest.mark.parametrize("role", [role for role in tried() if halves(role)])
def test_half_of_any_command_spoils_nothing(role: str) -> None:
    for half in halves(role)[:: max(1, len(halves(role)) // 3)]:
        found = clock.run(rescued(role, Left(), half=half), virtual=True)
        assert found.took <= SLOW.get(role, 1.0), half
