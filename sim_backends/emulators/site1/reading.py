"""Registers of SITE1 that are read: blocks of values as they are at one moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sim_backends.emulators.modbus_rtu import ILLEGAL_ADDRESS, ModbusError
from sim_backends.emulators.site1.cycling import Controller
from sim_backends.emulators.site1.settings import RUNNING
from sim_backends.emulators.site1.words import f32, text, u16, u32, u64
from sim_backends.models.hybrid_ports import CyclePlan
from sim_backends.models.power_ports import UnitState

SIGNATURE = 0x53495445
MOST_UNITS, MOST_ENTRIES = 32, 28
PHASES = (
    "idle", "charge", "rest after charge", "discharge", "rest after discharge", "done",
)  # fmt: skip

Values = Iterator[tuple[int, Sequence[int]]]
Block = tuple[int, int, Callable[[Controller, str], Values]]
"""First register, the one behind the last, and what gives the values by their register."""


def read(core: Controller, serial: str, address: int, count: int) -> list[int]:
    """`count` registers from `address`; exception 02 outside all blocks."""
    found: dict[int, int] = {}
    covered: set[int] = set()
    for first, end, values in blocks(core):
        if first < address + count and address < end:
            covered.update(range(first, end))
            for at, words in values(core, serial):
                found.update(enumerate(words, at))
    asked = range(address, address + count)
    if not covered.issuperset(asked):
        raise ModbusError(ILLEGAL_ADDRESS)
    return [found.get(register, 0) for register in asked]


def blocks(core: Controller) -> Iterator[Block]:
    """The blocks of this controller."""
    yield 0, 41, _plate
    yield 100, 126, _state
    yield 140, 158, _meters
    yield 200, 200 + 8 * MOST_UNITS, _units
    yield 600, 764, _settings
    if core.plans:
        yield 800, 814, _plan
        yield 850, 858, _program


def _plate(core: Controller, serial: str) -> Values:
    yield 0, u32(SIGNATURE)
    yield 2, u16(1)
    yield 3, u16(core.port.units)
    yield 4, text("labctl", 8)
    yield 12, text("SITE1", 8)
    yield 20, text(serial, 8)
    yield 28, text("1.0.0", 4)
    yield 32, f32(core.port.rated)
    yield 34, f32(core.port.rated_apparent)
    yield 36, f32(core.step)
    yield 38, f32(core.most)
    yield 40, u16(core.plans)


def _state(core: Controller, serial: str) -> Values:
    seen, now = core.look(), core.now
    yield 100, (now.state, now.functions, now.alarms, core.boot)
    yield 104, (sum(unit.online for unit in seen.units), now.source)
    yield 106, u32(now.commands)
    yield 108, u32(now.refusals)
    yield 110, u64(now.taken)
    yield 114, u32(now.number)
    yield 116, f32(core.in_force)
    yield 118, f32(now.reactive)
    yield 120, f32(core.asked())
    yield 122, u64(core.microseconds())


def _meters(core: Controller, serial: str) -> Values:
    seen = core.look()
    count, end = core.window
    yield 140, u64(end)
    yield 144, u32(count)
    told = (
        seen.power, seen.reactive_power, seen.site_power, seen.voltage, seen.frequency,
        100.0 * seen.charge,
    )  # fmt: skip
    for place, value in enumerate(told):
        yield 146 + 2 * place, f32(value)


def _units(core: Controller, serial: str) -> Values:
    running = core.now.state == RUNNING
    for place, unit in enumerate(core.look().units[:MOST_UNITS]):
        at = 200 + 8 * place
        yield at, u16(_condition(unit, running))
        yield at + 2, f32(unit.power)
        yield at + 4, f32(unit.reactive_power)
        yield at + 6, f32(100.0 * unit.charge)


def _condition(unit: UnitState, running: bool) -> int:
    if not unit.online:
        return 0
    if not running:
        return 1
    return 3 if unit.limited else 2


def _settings(core: Controller, serial: str) -> Values:
    now, kept = core.now, core.kept
    yield 600, (int(now.state == RUNNING), now.functions, now.heartbeat, now.watchdog, 0)
    yield 606, u32(now.number)
    yield 608, f32(now.active)
    yield 610, f32(now.reactive)
    told = (
        kept.frequency.nominal, kept.frequency.dead_band, kept.frequency.gain,
        kept.voltage.reference, kept.voltage.dead_band, kept.voltage.gain,
        kept.ramp, 100.0 * kept.reserve,
    )  # fmt: skip
    for place, value in enumerate(told):
        yield 620 + 2 * place, f32(value)
    yield 650, u16(len(now.schedule))
    for place, (start, watts) in enumerate(now.schedule):
        yield 652 + 4 * place, (*f32(start), *f32(watts))


def _plan(core: Controller, serial: str) -> Values:
    plan = core.now.plan or CyclePlan(0.0, 0.0, 0.0, 1.0, 0.0, 0)
    yield 802, f32(plan.charge_power)
    yield 804, f32(plan.discharge_power)
    yield 806, f32(100.0 * plan.low)
    yield 808, f32(100.0 * plan.high)
    yield 810, f32(plan.rest)
    yield 812, u32(plan.count)


def _program(core: Controller, serial: str) -> Values:
    core.look()
    status = core.cycles()
    yield 850, (PHASES.index(status.phase), int(status.held))
    yield 852, u32(status.done)
    yield 854, f32(status.charge_seconds)
    yield 856, f32(status.discharge_seconds)
