"""The documented example of a real wafer shape bench."""

from __future__ import annotations

from rigs.assembly import check_roles, driver_class, limits_of
from rigs.bench import load_bench
from rigs.benches import simulated_bench
from rigs.wafer_shape import WaferShapeRig


def test_the_example_states_all_that_the_simulated_bench_does() -> None:
    twin = load_bench(simulated_bench("wafer_shape"))
    bench = load_bench(simulated_bench("wafer_shape").parents[1] / "example_wafer_shape.toml")
    assert not bench.simulated and bench.rig == "wafer_shape"
    check_roles(bench, WaferShapeRig)
    for role, entry in bench.roles.items():
        assert "://" in entry.address
        limits_of(bench, role, driver_class(bench, role, WaferShapeRig))
    assert [one.name for one in bench.uncertainty] == [one.name for one in twin.uncertainty]
