"""How the simulated system of each indicator of the hybrid store is made, and what its sheet
states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from sim_backends.data.hybrid import KIND, SYSTEM
from sim_backends.models.charge_estimator import EstimatorDesign
from sim_backends.models.hybrid_system import Hybrid
from sim_backends.models.roots import root
from sim_backends.models.storage_bank import BankDesign
from sim_backends.samples import hybrid_figures as figures
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

_KWH = 3.6e6

RESOLUTION = 1e-5
"""To which a physical parameter is solved, relative or in its own unit."""

_SPREAD = {"capacity": 0.01, "resistance": 0.06, "loss": 0.05, "fade": 0.08}
"""Relative standard deviations (of the logarithm) from bank to bank of one maker."""

_SENSORS = {"gain": 0.002, "offset": 0.1, "voltage_offset": 5e-4, "capacity": 0.004}
"""Standard deviations from one management system to the next, in the units of `EstimatorDesign`:
errors of its sensors about 0, and of the believed capacity about the template's."""


def draw_system(rng: np.random.Generator) -> Hybrid:
    """A system around the template, not yet solved for any figure."""
    first, second = (_draw_bank(bank, rng) for bank in SYSTEM.banks)
    one, other = (_draw_estimator(each, rng) for each in SYSTEM.estimators)
    return replace(
        SYSTEM,
        banks=(first, second),
        estimators=(one, other),
        delay=SYSTEM.delay * float(np.exp(rng.normal(0.0, 0.05))),
        lag=SYSTEM.lag * float(np.exp(rng.normal(0.0, 0.05))),
        auxiliary=SYSTEM.auxiliary * float(np.exp(rng.normal(0.0, 0.10))),
    )


def _draw_bank(bank: BankDesign, rng: np.random.Generator) -> BankDesign:
    factor = {name: float(np.exp(rng.normal(0.0, std))) for name, std in _SPREAD.items()}
    cell = replace(bank.cell, capacity=bank.cell.capacity * factor["capacity"])
    bank = replace(bank, cell=cell)
    return _faded(_lossy(_resistive(bank, factor["resistance"]), factor["loss"]), factor["fade"])


def _draw_estimator(design: EstimatorDesign, rng: np.random.Generator) -> EstimatorDesign:
    gain, offset, volts, capacity = (float(x) for x in rng.standard_normal(4))
    return replace(
        design,
        gain=_SENSORS["gain"] * gain,
        offset=_SENSORS["offset"] * offset,
        voltage_offset=_SENSORS["voltage_offset"] * volts,
        capacity=design.capacity + _SENSORS["capacity"] * capacity,
    )


def _resistive(bank: BankDesign, factor: float) -> BankDesign:
    cell = bank.cell
    cell = replace(
        cell,
        resistance=cell.resistance * factor,
        fast=cell.fast * factor,
        slow=cell.slow * factor,
    )
    return replace(bank, cell=cell)


def _lossy(bank: BankDesign, factor: float) -> BankDesign:
    converter = bank.converter
    converter = replace(converter, proportional=converter.proportional * factor)
    return replace(bank, converter=converter)


def _faded(bank: BankDesign, factor: float) -> BankDesign:
    return replace(bank, fade=replace(bank.fade, cycle=bank.fade.cycle * factor))


def _larger(bank: BankDesign, factor: float) -> BankDesign:
    return replace(bank, cell=replace(bank.cell, capacity=bank.cell.capacity * factor))


def _limited(bank: BankDesign, factor: float) -> BankDesign:
    converter = bank.converter
    return replace(bank, converter=replace(converter, current=converter.current * factor))


_Vary = Callable[[Hybrid, float], Hybrid]
_Figure = Callable[[Hybrid], float]


def _both(change: Callable[[BankDesign, float], BankDesign]) -> _Vary:
    def vary(device: Hybrid, factor: float) -> Hybrid:
        first, second = (change(bank, factor) for bank in device.banks)
        return replace(device, banks=(first, second))

    return vary


def _with_delay(device: Hybrid, seconds: float) -> Hybrid:
    return replace(device, delay=seconds)


def _with_belief(device: Hybrid, more: float) -> Hybrid:
    """Both management systems believe this much more capacity (relative) than they did."""
    one, other = (replace(e, capacity=e.capacity + more) for e in device.estimators)
    return replace(device, estimators=(one, other))


def _per_kelvin(figure: Callable[[Hybrid, float], float], device: Hybrid) -> float:
    """Relative change of a figure for each kelvin of the air, in 1/K."""
    cold, warm = (figure(device, figures.AIR + off) for off in (-4.0, 4.0))
    return (warm - cold) / (warm + cold) / 4.0


def _stated(device: Hybrid) -> dict[str, Stated]:
    """What every sheet states: the definition of the tests, exactly."""
    return {
        "rated_energy": Stated(device.rated_energy / 1e3, "kW*h", 0.0),
        "rated_power": Stated(device.rated_power / 1e3, "kW", 0.0),
        "state_of_charge_low": Stated(100.0 * figures.LIFE.low, "%", 0.0),
        "state_of_charge_high": Stated(100.0 * figures.LIFE.high, "%", 0.0),
    }


def _recipe(
    criterion: tuple[str, str],
    figure: _Figure,
    vary: _Vary,
    span: tuple[float, float],
    coefficient: tuple[str, Callable[[Hybrid], float], float] | None = None,
    aspects: Mapping[str, str] | None = None,
) -> Recipe:
    """A recipe for the figure of a `criterion` (key, unit) by a parameter within `span`, in which
    the figure is monotonic; `coefficient`: name of a temperature coefficient on the sheet in 1/K,
    how it is computed, relative standard uncertainty of stating it."""
    key, unit = criterion
    # The ends of the span are asked for twice, for the reach and for solving.
    figure = lru_cache(maxsize=4)(figure)

    def solved(device: Hybrid, truth: Mapping[str, Any]) -> Hybrid:
        wanted = float(truth[key])
        found = root(lambda x: figure(vary(device, x)) - wanted, *span, RESOLUTION)
        return vary(device, found)

    def stated(device: Hybrid) -> Mapping[str, Stated]:
        found = _stated(device)
        if coefficient is not None:
            name, compute, relative = coefficient
            found[name] = Stated(compute(device), "1/K", relative)
        return found

    recipe = one_figure(
        kind=KIND,
        key=key,
        unit=unit,
        draw=draw_system,
        figure=figure,
        vary=vary,
        low=span[0],
        high=span[1],
        stated=stated,
        aspects=aspects,
    )
    # Each figure costs whole cycles of the model, so it is not sought to the last bit.
    return replace(recipe, solved=solved)


_LIVES = (1000.0, 20000.0)
"""Cycles between which every system of this kind ends."""

_FADES = (0.3, 6.0)
_REACHED = (2000.0, 10000.0)
"""Factors on the cycle ageing, and lives that lie well within what they make."""


def cycle_life(device: Hybrid) -> float:
    """Cycles until the delivered energy has fallen to the share that ends the life."""
    first = figures.energy(device)
    return root(lambda n: figures.worn_energy(device, n) / first - figures.LEFT, *_LIVES, 0.5)


def _solved_life(device: Hybrid, truth: Mapping[str, Any]) -> Hybrid:
    cycles, vary = float(truth[_LIFE]), _both(_faded)
    end = figures.LEFT * figures.energy(device)
    found = root(lambda x: figures.worn_energy(vary(device, x), cycles) - end, *_FADES, RESOLUTION)
    return vary(device, found)


def _stated_life(device: Hybrid) -> Mapping[str, Stated]:
    slope = figures.life_per_kelvin(device, cycle_life(device))
    warming = _per_kelvin(figures.energy, device)
    return _stated(device) | {
        "fade_temperature_coefficient": Stated(slope, "1/K", 0.10),
        "energy_temperature_coefficient": Stated(warming, "1/K", 0.15),
    }


_LIFE = "cycles_to_end_of_life"

RECIPES: dict[str, Recipe] = {
    "2.4-13": _recipe(
        ("energy_capacity", "kW*h"),
        lambda device: figures.energy(device) / _KWH,
        _both(_larger),
        (0.7, 1.4),
        (
            "energy_temperature_coefficient",
            lambda device: _per_kelvin(figures.energy, device),
            0.15,
        ),
    ),
    "2.4-14": _recipe(
        ("power", "kW"),
        lambda device: figures.peak_power(device) / 1e3,
        _both(_limited),
        (0.6, 1.25),
        (
            "power_temperature_coefficient",
            lambda device: _per_kelvin(figures.peak_power, device),
            0.15,
        ),
    ),
    "2.4-15": _recipe(
        ("response_time", "ms"),
        lambda device: 1e3 * figures.response_time(device),
        _with_delay,
        (0.0, 0.3),
    ),
    "2.4-16": _recipe(
        ("round_trip_efficiency", "%"),
        lambda device: 100.0 * figures.efficiency(device),
        _both(_lossy),
        (0.2, 6.0),
        (
            "efficiency_temperature_coefficient",
            lambda device: _per_kelvin(figures.efficiency, device),
            0.15,
        ),
        {"metering_point": "alternating-current side"},
    ),
    "2.4-17": _recipe(
        ("state_estimation_error", "%"),
        lambda device: 100.0 * figures.estimation_error(device),
        _with_belief,
        (0.005, 0.12),
        (
            "estimate_temperature_coefficient",
            lambda device: _per_kelvin(figures.estimation_error, device),
            0.2,
        ),
    ),
    "2.4-18": Recipe(
        kind=KIND,
        units={_LIFE: "cyc"},
        draw=draw_system,
        solved=_solved_life,
        figures=lambda device: {_LIFE: cycle_life(device)},
        stated=_stated_life,
        reach=lambda device: {_LIFE: _REACHED},
    ),
}
"""By indicator id."""
