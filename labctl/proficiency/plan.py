"""Which devices a procedure is tried on: blind draws and edge devices, by their seeds. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from random import Random

import msgspec

from labctl.indicator import Indicator
from labctl.proficiency import limits
from labctl.proficiency.bounds import EDGE
from labctl.proficiency.limits import Side, Span
from labctl.proficiency.trial import Trial

SeedReach = Callable[[int], Span]
"""Lowest and highest true value of a device of a seed."""


class Plan(msgspec.Struct, frozen=True):
    """The trials of a procedure: blind `draws`, devices on the `wrong` side of the limit by 0.05 u
    and devices on its `right` side by as much."""

    draws: tuple[Trial, ...]
    wrong: tuple[Trial, ...] = ()
    right: tuple[Trial, ...] = ()

    @property
    def trials(self) -> tuple[Trial, ...]:
        """All of them."""
        return (*self.draws, *self.wrong, *self.right)


def seed_of(*parts: object) -> int:
    """A seed (0 .. 2**31 - 1) that is the same for the same `parts`, everywhere."""
    text = "/".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:4], "big") >> 1


def pilot(indicator: Indicator, seed: int) -> Trial:
    """A device right at a limit, which tells u there."""
    row = indicator.criteria[0]
    return Trial(seed_of(seed, indicator.id, "pilot"), row.row, limits.sides(row)[0].limit)


def mirrored(draws: int) -> int:
    """How many edge devices are on the right side, where `draws` are on the wrong one."""
    return (draws + 1) // 2


def plan_of(indicator: Indicator, draws: int, seed: int, u: float, reach: SeedReach) -> Plan:
    """The devices of a figure that has the standard uncertainty `u` at its limit, in its unit."""

    def seeds(kind: str, count: int) -> list[int]:
        return [seed_of(seed, indicator.id, kind, number) for number in range(count)]

    row = indicator.criteria[0]
    both = limits.sides(row)

    def at(number: int) -> Side:
        return both[number % len(both)]

    def edges(kind: str, count: int, by: float) -> tuple[Trial, ...]:
        rows = enumerate(seeds(kind, count))
        return tuple(Trial(each, row.row, limits.edge(at(n), by)) for n, each in rows)

    blind: list[Trial] = []
    for number, each in enumerate(seeds("draw", draws)):
        rng, side = Random(each), at(number // 2)
        if number % 2:
            close = min(u, limits.room(row, side) / limits.NEAR)
            true = limits.near(side, close, rng, reach(each))
        else:
            true = limits.wide(side, limits.reach(indicator, row, side, u), rng, reach(each))
        blind.append(Trial(each, row.row, true))
    wrong = edges("wrong", draws, EDGE * u)
    return Plan(tuple(blind), wrong, edges("right", mirrored(draws), -EDGE * u))


def known_devices(name: str, draws: int, seed: int) -> Plan:
    """The devices of what is right or wrong: so many `draws` of the map's own, half of them wrong.

    `name` is the procedure's.
    """
    each = max(draws // 2, 1)

    def devices(dut: str) -> tuple[Trial, ...]:
        return tuple(Trial(seed_of(seed, name, dut, n), dut=dut) for n in range(each))

    return Plan((*devices("nominal"), *devices("failing")))
