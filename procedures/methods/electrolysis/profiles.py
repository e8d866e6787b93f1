"""Renewable profiles of three regions as set points of a cell, hour by hour. Pure.

The weather of procedures/data/renewable_hours.csv is taken to a share of rated power: of sun its
global irradiance over 1000 W/m2, of wind the cube of its speed at the hub between cut-in and rated
speed, the usual idealised power curve (T. Burton et al., Wind Energy Handbook, 2nd ed., 3.15). The
current density is that share of the rated one; what lies below the least load is a shut-down.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

SUNNY = 1000.0
"""W/m2 of rated power."""

CUT_IN, RATED, CUT_OUT = 3.0, 12.0, 25.0
"""Wind speeds at the hub in m/s."""

HUB, MAST, SHEAR = 100.0, 10.0, 1.0 / 7.0
"""Heights in m and the exponent of the power law between them (Burton, 2.5.3)."""

TOP = 2.0
"""Rated current density in A/cm2."""

LEAST = 0.1
"""Least load as a share of the rated one: below it gas crosses over too much (5 to 10 %: M. Carmo
et al., Int. J. Hydrogen Energy 38 (2013) 4901, table 1)."""

STEP = 0.05
"""Step of the share: smaller changes of the set point are none."""

REFERENCE = 1.0
"""A/cm2 at which the voltage is read."""

BLOCK = 20
"""Hours from one reference reading to the next."""


@dataclass(frozen=True)
class Region:
    """A region's `name` and its current densities in A/cm2, hour by hour."""

    name: str
    densities: tuple[float, ...]


@dataclass(frozen=True)
class Block:
    """Densities in A/cm2 of the hours of a block; `reference` is the hour that begins with a
    reference reading, None where the cell does not start in the block."""

    densities: tuple[float, ...]
    reference: int | None


@cache
def regions() -> tuple[Region, ...]:
    """The three regions: wind of an Alaskan coast, sun of Florida, sun and wind of Carolina."""
    weather = _weather()
    sun, wind = weather["sun_greensboro"], weather["wind_greensboro"]
    shares = {
        "Sand Point": wind_share(weather["wind_sand_point"]),
        "Miami": sun_share(weather["sun_miami"]),
        "Greensboro": 0.5 * (sun_share(sun) + wind_share(wind)),
    }
    return tuple(Region(name, densities(share)) for name, share in shares.items())


def sun_share(irradiance: Array) -> Array:
    """Share of rated power by the global irradiance in W/m2."""
    return np.clip(irradiance / SUNNY, 0.0, 1.0)


def wind_share(speed: Array) -> Array:
    """Share of rated power by the wind's speed in m/s at the mast."""
    hub = speed * (HUB / MAST) ** SHEAR
    running = (hub >= CUT_IN) & (hub <= CUT_OUT)
    return np.where(running, np.clip((hub / RATED) ** 3, 0.0, 1.0), 0.0)


def densities(share: Array) -> tuple[float, ...]:
    """Current densities in A/cm2 for shares of rated power."""
    steps = np.round(share / STEP) * STEP
    return tuple(float(one) for one in TOP * np.where(steps < LEAST, 0.0, steps))


def blocks(region: Region) -> tuple[Block, ...]:
    """The blocks of `region`, each with its reference reading where the cell starts after an hour
    at rest: what recovers at rest has recovered then."""
    hours = region.densities
    starts = [at for at in range(1, len(hours)) if hours[at] > 0.0 == hours[at - 1]]
    return tuple(_block(hours[at : at + BLOCK], at, starts) for at in range(0, len(hours), BLOCK))


def _block(hours: tuple[float, ...], begin: int, starts: list[int]) -> Block:
    inside = [at - begin for at in starts if begin <= at < begin + BLOCK]
    return Block(hours, inside[0] if inside else None)


def gone_through(region: Region, hours: Sequence[int]) -> Array:
    """What the cell has gone through before each of the `hours` of `region`'s profile, shape
    (n, 4): hours at work, charge in A h/cm2, changes in A/cm2, shut-downs. A profile that is
    shorter begins again; reference readings are not counted."""
    again = max(hours, default=0) // len(region.densities) + 1
    density = np.array([REFERENCE, *np.tile(region.densities, again)])
    now, before = density[1:], density[:-1]
    each: Array = np.zeros((len(now) + 1, 4))
    each[1:, 0] = now > 0.0
    each[1:, 1] = now
    each[1:, 2] = np.abs(now - before)
    each[1:, 3] = (now == 0.0) & (before > 0.0)
    return np.cumsum(each, axis=0)[np.array(hours, dtype=np.intp)]


def _weather() -> dict[str, Array]:
    text = resources.files("procedures").joinpath("data/renewable_hours.csv").read_text("utf-8")
    rows = csv.DictReader(_lines(text))
    columns: dict[str, list[float]] = {}
    for row in rows:
        for name, value in row.items():
            columns.setdefault(name, []).append(float(value))
    return {name: np.array(values) for name, values in columns.items()}


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if not line.startswith("#"))
