"""A real bench file for instruments that are being served: what `--bench` names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rigs.bench import load_bench
from rigs.benches import simulated_bench

CELL = """[reference_cell]
serial = "RC-1"
certificate = "CAL-1"
responsivity = { value = 0.1, unit = "mV*m**2/W", u = 0.0006 }
"""


def bench_file(
    path: Path,
    roles: Mapping[str, Mapping[str, Any]],
    of: str = "photovoltaic",
    *,
    top: str = "",
    addresses: Mapping[str, str] | None = None,
    only: Iterable[str] = (),
) -> Path:
    """Write the bench file `path` for the served `roles` of the simulated bench `of`.

    `top` are lines above its tables, `addresses` other addresses than those that are served, `only`
    the roles that it has.
    """
    model = load_bench(simulated_bench(of))
    found = {role: str(one["address"]) for role, one in roles.items()} | dict(addresses or {})
    wanted = list(only) or [role for role in model.roles if role in found]
    parts = [f'name = "served"\nrig = "{model.rig}"\n{top}\n']
    for role in wanted:
        driver = model.roles[role].driver
        parts.append(f'[roles.{role}]\ndriver = "{driver}"\naddress = "{found[role]}"\n')
    if model.reference_cell is not None:
        parts.append(CELL)
    path.write_text("\n".join(parts), encoding="utf-8")
    return path
