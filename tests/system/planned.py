"""Bench files and plans of the photovoltaic bench, for tests of planning."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from labctl.agreement import default
from labctl.catalogue import load
from labctl.indicator import Indicator
from labctl.planning.document import RunPlan
from labctl.planning.make import PlanRequest, make_plan
from rigs.benches import simulated_bench

SIMULATED = simulated_bench("photovoltaic")
EXAMPLE = SIMULATED.parents[1] / "example_photovoltaic.toml"
DRAWS = 1_500
"""Monte Carlo draws of these tests: the ends of an interval scatter by some 4 % of U."""


def plan(*ids: str, bench: Path | None = EXAMPLE, hours: float = 0.0, **changes: Any) -> RunPlan:
    """The plan of the indicators `ids` after one rehearsal each; `hours` shorten a duration."""
    items = tuple(_shortened(load().get(id), hours) if hours else load().get(id) for id in ids)
    fields = {"bench": bench, "rehearsals": 1, "draws": DRAWS, **changes}
    return make_plan(PlanRequest(ids, items, default(), **fields))


def _shortened(indicator: Indicator, hours: float) -> Indicator:
    conditions = tuple(
        msgspec.structs.replace(one, value=hours) if one.quantity == "duration" else one
        for one in indicator.conditions
    )
    return msgspec.structs.replace(indicator, conditions=conditions)


def changed(source: Path, path: Path, pairs: Iterable[tuple[str, str]]) -> Path:
    """The bench file `source` with parts of its text replaced, as `path`."""
    text = source.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    shutil.copytree(
        EXAMPLE.parent / "certificates", path.parent / "certificates", dirs_exist_ok=True
    )
    return path
