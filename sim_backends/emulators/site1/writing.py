"""Writes to registers of SITE1: whole values, checked before anything is done."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from sim_backends.emulators.modbus_rtu import ILLEGAL_ADDRESS, ILLEGAL_VALUE, ModbusError
from sim_backends.emulators.site1.core import Alarmed
from sim_backends.emulators.site1.cycling import Controller
from sim_backends.emulators.site1.reading import MOST_ENTRIES
from sim_backends.emulators.site1.settings import MODBUS
from sim_backends.emulators.site1.words import number, whole, within
from sim_backends.models.hybrid_ports import CyclePlan

DEVICE_FAILURE = 4
COMMAND, DROOPS, SCHEDULE, CYCLES, PLAN = 606, 620, 650, 800, 802
Words = Sequence[int]


def write(core: Controller, address: int, values: Words) -> None:
    """Write `values` from `address` on; exceptions as the page has them. A power command or one of
    cycles that is refused is counted."""
    try:
        _write(core, address, list(values))
    except Alarmed:
        core.now.refusals += 1
        raise ModbusError(DEVICE_FAILURE) from None
    except ModbusError as error:
        core.now.refusals += address in (COMMAND, CYCLES) and error.code == ILLEGAL_VALUE
        raise


def _write(core: Controller, address: int, values: list[int]) -> None:
    if 600 <= address < 605 and address + len(values) <= 605:
        _control(core, address, values)
    elif address == COMMAND and len(values) == 6:
        _command(core, values)
    elif DROOPS <= address < DROOPS + 16 and address % 2 == 0 and len(values) % 2 == 0:
        _keep(core, (address - DROOPS) // 2, values)
    elif address == SCHEDULE:
        _schedule(core, values)
    elif core.plans and address == CYCLES and len(values) == 1:
        _cycle_command(core, values[0])
    elif core.plans and address == PLAN and len(values) == 12:
        core.now.plan = _plan(values)
    else:
        raise ModbusError(ILLEGAL_ADDRESS)


# Control words


def _control(core: Controller, address: int, values: list[int]) -> None:
    given = dict(enumerate(values, address))
    run, functions = given.get(600), given.get(601)
    if run not in (None, 0, 1) or (functions or 0) > 15 or given.get(604, 0) > 1:
        raise ModbusError(ILLEGAL_VALUE)
    if given.get(604) == 1:
        core.acknowledge()
    if run == 1 and core.now.alarms:
        raise Alarmed
    if functions is not None:
        core.switch(functions)
    if run is not None:
        core.run(run == 1)
    if 602 in given and given[602] != core.now.heartbeat:
        core.now.heartbeat = given[602]
        core.beat()
    if 603 in given:
        core.now.watchdog = given[603]
        core.beat()


def _command(core: Controller, values: list[int]) -> None:
    apparent = core.port.rated_apparent
    active = within(number(values[2:4]), -core.most, core.most)
    reactive = within(number(values[4:6]), -apparent, apparent)
    core.command(whole(values[:2]), active, reactive, MODBUS)


# Settings


def _frequency(core: Controller, **changed: float) -> None:
    core.kept.frequency = replace(core.kept.frequency, **changed)


def _voltage(core: Controller, **changed: float) -> None:
    core.kept.voltage = replace(core.kept.voltage, **changed)


def _ramp(core: Controller, value: float) -> None:
    core.kept.ramp = value


def _reserve(core: Controller, value: float) -> None:
    core.kept.reserve = value / 100.0


_SETTINGS: tuple[tuple[float, float, Callable[[Controller, float], None]], ...] = (
    (45.0, 65.0, lambda core, value: _frequency(core, nominal=value)),
    (0.0, 5.0, lambda core, value: _frequency(core, dead_band=value)),
    (-math.inf, math.inf, lambda core, value: _frequency(core, gain=value)),
    (50.0, 500.0, lambda core, value: _voltage(core, reference=value)),
    (0.0, 100.0, lambda core, value: _voltage(core, dead_band=value)),
    (-math.inf, math.inf, lambda core, value: _voltage(core, gain=value)),
    (0.0, math.inf, _ramp),
    (0.0, 100.0, _reserve),
)
"""Least, most, and what takes it, in the order of the registers."""


def _keep(core: Controller, first: int, values: list[int]) -> None:
    rows = _SETTINGS[first : first + len(values) // 2]
    if not rows or len(rows) < len(values) // 2:
        raise ModbusError(ILLEGAL_ADDRESS)
    given = [number(values[2 * k : 2 * k + 2]) for k in range(len(rows))]
    checked = [within(v, low, high) for v, (low, high, _) in zip(given, rows, strict=True)]
    for value, (_, _, take) in zip(checked, rows, strict=True):
        take(core, value)
    core.keep()


def _schedule(core: Controller, values: list[int]) -> None:
    count = values[0]
    if count > MOST_ENTRIES:
        raise ModbusError(ILLEGAL_VALUE)
    if len(values) != 2 + 4 * count and (count, len(values)) != (0, 1):
        raise ModbusError(ILLEGAL_ADDRESS)
    entries = [_entry(values[2 + 4 * k : 6 + 4 * k]) for k in range(count)]
    starts = [start for start, _ in entries]
    if any(b <= a for a, b in pairwise(starts)) or min(starts, default=0.0) < 0.0:
        raise ModbusError(ILLEGAL_VALUE)
    core.now.schedule = tuple(entries)
    if core.scheduled:
        core.begin_schedule()


def _entry(words: list[int]) -> tuple[float, float]:
    return number(words[:2]), number(words[2:])


# Cycles


def _cycle_command(core: Controller, word: int) -> None:
    if word not in (1, 2, 3) or (word == 1 and core.now.plan is None):
        raise ModbusError(ILLEGAL_VALUE)
    if word == 1 and core.now.plan is not None:
        core.start_plan(core.now.plan)
    elif word == 2:
        core.resume_plan()
    else:
        core.stop_plan()


def _plan(values: list[int]) -> CyclePlan:
    charge, discharge, low, high, rest = (number(values[k : k + 2]) for k in range(0, 10, 2))
    count = int(within(whole(values[10:12]), 1, 100_000))
    if charge <= 0.0 or discharge <= 0.0 or not 0.0 <= low < high <= 100.0 or rest < 0.0:
        raise ModbusError(ILLEGAL_VALUE)
    return CyclePlan(charge, discharge, low / 100.0, high / 100.0, rest, count)
