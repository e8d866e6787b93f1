"""Documented examples of real benches of abuse and cell chemistry."""

from __future__ import annotations

from typing import Any

import pytest

from rigs.abuse import AbuseRig
from rigs.assembly import check_roles, driver_class, limits_of
from rigs.bench import load_bench
from rigs.benches import simulated_bench
from rigs.cell_chemistry import CellChemistryRig

RIGS = (AbuseRig, CellChemistryRig)


@pytest.mark.parametrize("rig", RIGS)
def test_an_example_states_all_that_the_simulated_bench_does(rig: type[Any]) -> None:
    twin = load_bench(simulated_bench(rig.name))
    bench = load_bench(simulated_bench(rig.name).parents[1] / f"example_{rig.name}.toml")
    assert not bench.simulated and bench.rig == rig.name
    check_roles(bench, rig)
    for role, entry in bench.roles.items():
        assert "://" in entry.address
        limits_of(bench, role, driver_class(bench, role, rig))
    assert [one.name for one in bench.uncertainty] == [one.name for one in twin.uncertainty]
    assert [one.watch for one in bench.interlocks] == [one.watch for one in twin.interlocks]
