"""The documented example of a real diffraction bench."""

from __future__ import annotations

from rigs.assembly import check_roles, driver_class, limits_of
from rigs.bench import load_bench
from rigs.benches import simulated_bench
from rigs.diffraction import DiffractionRig


def test_the_example_states_all_that_the_simulated_bench_does() -> None:
    twin = load_bench(simulated_bench("diffraction"))
    bench = load_bench(simulated_bench("diffraction").parents[1] / "example_diffraction.toml")
    assert not bench.simulated and bench.rig == "diffraction"
    check_roles(bench, DiffractionRig)
    for role, entry in bench.roles.items():
        assert "://" in entry.address
        limits_of(bench, role, driver_class(bench, role, DiffractionRig))
    assert [one.name for one in bench.uncertainty] == [one.name for one in twin.uncertainty]
