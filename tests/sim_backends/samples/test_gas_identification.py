"""Devices of every count are solved, and miss what their films cannot tell apart."""

from __future__ import annotations

import numpy as np
import pytest

from labctl.errors import UsageError
from sim_backends.data.gas_sensing import GASES
from sim_backends.models.gas_separation import directions, species
from sim_backends.samples.gas_identification import SAMPLES, IdentifyingDevice
from sim_backends.worlds.gas_identification import build, reach, solve


def device(count: int, seed: int = 1) -> IdentifyingDevice:
    solved = solve("6.7-01", {"species_detected": count}, seed=seed).device
    assert isinstance(solved, IdentifyingDevice)
    return solved


@pytest.mark.parametrize("count", range(7))
def test_devices_have_the_count_that_is_asked_for(count: int) -> None:
    assert SAMPLES.true_figures("6.7-01", device(count)) == {"species_detected": count}


def test_the_alkenes_have_one_pattern_on_every_array_of_a_failing_production() -> None:
    failing = device(4)
    assert set(species(failing.design, failing.array)) == {"CO", "CH4", "C2H6", "H2"}
    ethylene, propylene = GASES.index("C2H4"), GASES.index("C3H6")
    for seed in range(3):
        one = failing.design.made(np.random.default_rng(seed))
        rows = np.array(one.plain.strengths)
        assert rows[:, propylene] / rows[:, ethylene] == pytest.approx(np.full(len(rows), 0.7))
        near = directions(one, ethylene)[:, None] - directions(one, propylene)[None, :]
        assert np.linalg.norm(near, axis=-1).min() < 0.02


def test_a_world_has_the_log_of_other_arrays() -> None:
    one = device(6)
    ports = build(one, seed=1, t0=0.0).ports
    log = ports["batch"].log(0.0)
    air = {channel.name: channel.values for channel in log.channels if "/air 1" in channel.name}
    assert len(air) == 12
    own = one.array.plain.conductances[0]
    assert all(abs(float(np.mean(values)) / own - 1.0) > 1e-6 for values in air.values())
    assert reach("6.7-01", seed=1) == {"species_detected": (0.0, 6.0)}


def test_half_a_gas_is_none() -> None:
    with pytest.raises(UsageError, match="whole number"):
        device(4.5)  # pyright: ignore[reportArgumentType]
