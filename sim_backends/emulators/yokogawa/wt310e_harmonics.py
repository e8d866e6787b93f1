"""Harmonic lists of a WT310E: total, direct part, then the orders in V, A, W or %."""

from __future__ import annotations

import math
from typing import Any

from sim_backends.emulators.yokogawa.wt310e_measure import Update
from sim_backends.emulators.yokogawa.wt310e_words import NO_DATA, OVER

Rows = dict[str, list[float]]


def harmonic_list(
    found: Update, rows: Rows | None, name: str, settings: dict[Any, Any]
) -> list[float]:
    """The list of function `name`: harmonics carry the gain error of the rms value.

    No data before the first update, INF where the input is over its range; the direct part is no
    data.
    """
    orders = [n for n in range(1, settings["list_order"] + 1) if _selected(n, settings["select"])]
    if rows is None or name == "NONE":
        return [NO_DATA] * (2 + len(orders))
    source = name[0]
    if found[source] == OVER:
        return [OVER] * (2 + len(orders))
    values = [value * _gain(found, rows, source) for value in rows[source]]
    total = sum(values) if source == "P" else math.hypot(*values)
    if name.endswith("HDF"):
        base = values[0] if settings["thd"] == "FUNDamental" else total
        values = [100.0 * value / base if base else OVER for value in values]
        total = NO_DATA
    return [total, NO_DATA, *(values[n - 1] if n <= len(values) else NO_DATA for n in orders)]


def _selected(order: int, which: str) -> bool:
    return which == "ALL" or (order % 2 == 0) == (which == "EVEN")


def _gain(found: Update, rows: Rows, source: str) -> float:
    true = sum(rows[source]) if source == "P" else math.hypot(*rows[source])
    return found[source] / true if true else 1.0
