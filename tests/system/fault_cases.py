"""Cases of a fault at a moment of a procedure: a pairwise sample, drawn by seed.

A case is a procedure, a sample, a step, a role that is asked something there, a kind of fault and
how long it lasts. Every pair of two of these that can be had occurs in the sample.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from labctl.errors import BenchError
from rigs.bench import load_bench
from rigs.benches import simulated_bench
from rigs.faulting import lates, patience
from sim_backends.fault_tables import KINDS
from sim_backends.streams import stream
from tests.system.fault_moments import DUTS, ITEMS, Moment, Undisturbed, undisturbed
from tests.system.pairwise import Row, covering

MOST = 300
"""Cases in a sample, at most."""

ONCE, WHILE, GOOD = "once", "for 30 s", "for good"
LASTING = {WHILE: 30.0, GOOD: None}

SENSED = {"source_meter": 0.02, "reference_meter": 0.1, "chuck": 25.0, "lamp": 1000.0}
"""By role what its sensor sees about, in the SI unit or degC; the bender has no sensor."""

AT_THE_SENSOR = ("saturate", "drift", "hold")

Table = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """The fault `table` in a run of `item` on the sample `dut`."""

    item: str
    dut: str
    step: str
    role: str
    kind: str
    lasts: str
    table: Table

    def __str__(self) -> str:
        return f"{self.item} {self.dut} {self.step} {self.role} {self.kind} {self.lasts}"


def cases(seed: int, most: int = MOST, items: Sequence[str] = ITEMS) -> list[Case]:
    """At most `most` cases of `items` by `seed`; those that cover most pairs come first."""
    rng = stream(seed, "fault pairs", *items)
    rows = list(possible(items))
    chosen = covering(rows, rng)[:most]
    others = [row for row in rows if row not in set(chosen)]
    more = rng.permutation(len(others))[: most - len(chosen)]
    return [case(row, seed) for row in (*chosen, *(others[index] for index in more))]


def possible(items: Sequence[str] = ITEMS) -> Iterator[Row]:
    """Every case of `items` that can be had, as levels in the order of `Case`."""
    for item, dut in product(items, DUTS):
        asked = dict.fromkeys((one.step, one.role) for one in undisturbed(item, dut).moments)
        for (step, role), kind, lasts in product(asked, KINDS, (ONCE, *LASTING)):
            if kind not in AT_THE_SENSOR or role in SENSED:
                yield item, dut, step, role, kind, lasts


def case(row: Row, seed: int) -> Case:
    """The case of these levels, its moment and the size of its fault drawn by `seed`."""
    item, dut, step, role, kind, lasts = row
    rng = stream(seed, "fault at", *row)
    whole = undisturbed(item, dut)
    moments = [one for one in whole.moments if (one.step, one.role) == (step, role)]
    moment = moments[int(rng.integers(len(moments)))]
    span = LASTING.get(lasts, moment.took + 1e-3)
    table = {"role": role, "kind": kind, "after": moment.t, **SIZES[kind](rng, moment, whole)}
    if kind == "reboot":
        table["seconds"] = 1e9 if span is None else max(span, 1.0)
    elif span is not None:
        table["lasting"] = span
    return Case(item, dut, step, role, kind, lasts, table)


def _late(rng: np.random.Generator, moment: Moment, whole: Undisturbed) -> Table:
    """Within the time-out, or within the silence that follows it."""
    driver = load_bench(simulated_bench("photovoltaic")).roles[moment.role].driver
    return {"seconds": float(rng.choice(lates(*patience(driver))))}


def _beyond(rng: np.random.Generator, moment: Moment, whole: Undisturbed) -> Table:
    most = SENSED[moment.role] * float(rng.uniform(0.2, 1.0))
    return {"low": -most} if moment.role == "source_meter" else {"high": most}


def _away(rng: np.random.Generator, moment: Moment, whole: Undisturbed) -> Table:
    """Away by a thousandth to the whole of what it sees until the end."""
    left = max(whole.end - moment.t, 1.0)
    part = 10.0 ** float(rng.uniform(-3.0, 0.0)) * float(rng.choice([-1.0, 1.0]))
    return {"rate": part * SENSED[moment.role] / left}


def _nothing(rng: np.random.Generator, moment: Moment, whole: Undisturbed) -> Table:
    return {}


SIZES: dict[str, Callable[[np.random.Generator, Moment, Undisturbed], Table]] = {
    "silence": _nothing,
    "delay": _late,
    "garble": lambda rng, *_: {"mask": int(rng.choice([0x15, 0x40, 0x80, 0xFF]))},
    "truncate": lambda rng, *_: {"keep": int(rng.integers(1, 8))},
    "disconnect": _nothing,
    "reboot": _nothing,
    "replace": lambda *_: {"old": "SIM-", "new": "SIM-9"},
    "stuck": _nothing,
    "saturate": _beyond,
    "drift": _away,
    "hold": _nothing,
}
"""What a table of each kind says beside when."""

if set(SIZES) != set(KINDS):
    raise BenchError(f"kinds without a size: {set(KINDS) ^ set(SIZES)}")
