"""The photo-charging rig: its benches, and the order in which it is made safe."""

from __future__ import annotations

import pytest

from rigs.assembly import roles_of
from rigs.bench import load_bench
from rigs.benches import simulated_bench
from rigs.photocharging import PhotochargingRig

SIMULATED = simulated_bench("photocharging")
EXAMPLE = SIMULATED.parents[1] / "example_photocharging.toml"


@pytest.mark.parametrize("path", [SIMULATED, EXAMPLE])
def test_a_bench_names_every_role_and_states_its_contributions(path: object) -> None:
    bench = load_bench(SIMULATED if path == SIMULATED else EXAMPLE)
    assert set(bench.roles) == set(roles_of(PhotochargingRig))
    assert bench.rig == "photocharging" and bench.reference_cell is not None
    stated = {one.name for one in bench.uncertainty}
    assert stated == {
        "spectral_mismatch", "spectral_drift", "non_uniformity", "temperature_offset"
    }  # fmt: skip


def test_the_example_is_a_real_bench() -> None:
    bench = load_bench(EXAMPLE)
    assert bench.sim is None
    assert all(not role.address.startswith("sim:") for role in bench.roles.values())
