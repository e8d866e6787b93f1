"""Documented examples of real benches of imaging, characterisation and in-situ rigs."""

from __future__ import annotations

from typing import Any

import pytest

from rigs.assembly import check_roles, driver_class, limits_of
from rigs.bench import load_bench
from rigs.benches import simulated_bench
from rigs.characterisation import CharacterisationRig
from rigs.imaging import ImagingRig
from rigs.in_situ import InSituRig

RIGS = (CharacterisationRig, ImagingRig, InSituRig)


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
