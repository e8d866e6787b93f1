"""Many cycles of a hybrid system at once: what one cycle does, in closed form, times their number.

Both banks go through the window together (the split follows what is left in them), as far as their
management systems believe its capacity to go, at a constant current each from the mean voltage of
their window. Between blocks of `BLOCK` cycles capacity, resistance, length of a cycle and warmth
follow the wear (second order, by the middle of the block).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sim_backends.models.bank_cell import mean_voltage, warmed
from sim_backends.models.bank_converter import alternating
from sim_backends.models.bank_fade import Wear, losses, worn
from sim_backends.models.hybrid_ports import CyclePlan
from sim_backends.models.hybrid_system import Hybrid
from sim_backends.models.storage_bank import BankDesign

BLOCK = 100.0
"""Cycles over which one cycle is like the other."""

_ROUNDS = 3
"""Times that duration and voltage are found from each other: the drop is some per cent."""

Wears = tuple[Wear, Wear]


@dataclass(frozen=True, slots=True)
class BankCycle:
    """What one cycle does to a bank: `charge` in Ah each way, energy `given` and `taken` in J at
    the bank, mean temperatures of its mean and its warmest cell in degC."""

    charge: float
    given: float
    taken: float
    mean: float
    warmest: float


@dataclass(frozen=True, slots=True)
class OneCycle:
    """`charging` and `discharging` in s, `period` with both rests in s, `banks`."""

    charging: float
    discharging: float
    period: float
    banks: tuple[BankCycle, BankCycle]


@dataclass(frozen=True, slots=True)
class _Window:
    """A worn bank in its window: `charge` Ah to go through, `volts` V without current, `ohms`."""

    charge: float
    volts: float
    ohms: float


def delivered(design: Hybrid) -> Wears:
    """Wears of a system that has only stood since it was made."""
    stood = Wear(design.age, 0.0, design.age, 0.0)
    return stood, stood


def _window(
    design: BankDesign, wear: Wear, plan: CyclePlan, believed: float, celsius: float
) -> _Window:
    mean, warm = losses(design.fade, wear)
    weakest = design.cell.capacity * (1.0 - design.weakness) * (1.0 - warm)
    cell = design.cell
    volts = mean_voltage(cell.curve, plan.low, plan.high)
    ohms = cell.resistance + cell.fast + cell.slow
    factor = (1.0 + design.fade.stiffening * mean) * warmed(cell.activation, celsius)
    return _Window(
        (plan.high - plan.low) * (1.0 + believed) * weakest,
        design.cells * volts,
        design.cells * ohms * factor,
    )


def _duration(design: Hybrid, windows: Sequence[_Window], power: float, use: float) -> float:
    """Seconds in which both banks give (`power` > 0, in W) or take all of their windows, together
    with the system's own `use` in W."""
    sign = 1.0 if power > 0.0 else -1.0
    total = abs(power + use)
    seconds = sum(w.charge * w.volts for w in windows) * 3600.0 / total
    for _ in range(_ROUNDS):
        fed = 0.0
        for bank, w in zip(design.banks, windows, strict=True):
            current = sign * w.charge * 3600.0 / seconds
            fed += abs(alternating(bank.converter, (w.volts - w.ohms * current) * current))
        seconds *= fed / total
    return seconds


def one_cycle(design: Hybrid, wears: Wears, plan: CyclePlan, air: float) -> OneCycle:
    """A cycle of `plan` with banks of these `wears` in air of `air` degC."""
    windows = [
        _window(bank, wear, plan, estimator.capacity, air + 2.0)
        for bank, estimator, wear in zip(design.banks, design.estimators, wears, strict=True)
    ]
    use = design.auxiliary + design.standby
    down = _duration(design, windows, plan.discharge_power, use)
    up = _duration(design, windows, -plan.charge_power, use)
    period = down + up + 2.0 * plan.rest
    banks = [
        _bank_cycle(bank, w, up, down, period, air)
        for bank, w in zip(design.banks, windows, strict=True)
    ]
    return OneCycle(up, down, period, (banks[0], banks[1]))


def _bank_cycle(
    design: BankDesign, w: _Window, up: float, down: float, period: float, air: float
) -> BankCycle:
    coulombs = w.charge * 3600.0
    given = coulombs * (w.volts - w.ohms * coulombs / down)
    taken = coulombs * (w.volts + w.ohms * coulombs / up)
    above = (taken - given) / period / design.cooling
    mean = air + above
    return BankCycle(w.charge, given, taken, mean, mean + design.hotter + design.uneven * above)


def _after(
    design: BankDesign, wear: Wear, cycle: BankCycle, period: float, count: float, depth: float
) -> Wear:
    return worn(
        design.fade,
        wear,
        count * period,
        count * cycle.charge / design.cell.capacity,
        depth,
        (cycle.mean, cycle.warmest),
    )


def after_cycles(
    design: Hybrid,
    wears: Wears,
    plan: CyclePlan,
    count: float,
    air: Callable[[float], float],
) -> tuple[Wears, list[tuple[float, OneCycle]]]:
    """Wears after `count` cycles of `plan`, and the (number, cycle) of each block on the way;
    `air` tells the temperature in degC that many seconds from now."""
    gone, blocks, depth = 0.0, list[tuple[float, OneCycle]](), plan.high - plan.low
    while count > 0.0:
        size = min(count, BLOCK)
        first = one_cycle(design, wears, plan, air(gone))
        half = _both(design, wears, first, size / 2.0, depth)
        middle = one_cycle(design, half, plan, air(gone + size / 2.0 * first.period))
        wears = _both(design, wears, middle, size, depth)
        blocks.append((size, middle))
        gone += size * middle.period
        count -= size
    return wears, blocks


def _both(design: Hybrid, wears: Wears, cycle: OneCycle, count: float, depth: float) -> Wears:
    first, second = (
        _after(bank, wear, one, cycle.period, count, depth)
        for bank, wear, one in zip(design.banks, wears, cycle.banks, strict=True)
    )
    return first, second


def within(plan: CyclePlan) -> CyclePlan:
    """`plan` with the ends of its window where the cells' limits would stop it."""
    return replace(plan, low=max(plan.low, 0.0), high=min(plan.high, 0.985))
