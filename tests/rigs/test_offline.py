"""A bench without its instruments: the rig is there, and nothing can be sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl import clock
from labctl.errors import BenchError, UsageError
from rigs.bench import load_bench
from rigs.benches import simulated_bench
from rigs.offline import opened_offline
from rigs.opened import Opened
from rigs.opening import open_bench
from rigs.photovoltaic import PhotovoltaicRig

EXAMPLE = Path(__file__).parents[2] / "rigs" / "benches" / "example_photovoltaic.toml"


def opened(bench: Path | None) -> Opened:
    return clock.run(
        open_bench(bench, rig=PhotovoltaicRig, sample=None, seed=1, offline=True), virtual=False
    )


@pytest.mark.parametrize("bench", [None, EXAMPLE])
def test_the_rig_is_there_and_says_what_its_bench_says(bench: Path | None) -> None:
    found = opened(bench)
    whole = load_bench(bench or simulated_bench("photovoltaic"))
    assert (found.bench_name, found.bench_sha256) == (whole.name, found.bench_sha256)
    assert found.contributions == whole.contributions()
    assert found.rig.reference_cell.serial
    assert found.instruments == ()
    assert found.snapshot() is None


@pytest.mark.parametrize("role", ["source_meter", "reference_meter", "lamp", "chuck", "bender"])
def test_no_role_sends_anything(role: str) -> None:
    rig = opened(EXAMPLE).rig
    driver = rig.roles()[role]
    with pytest.raises(UsageError, match="no instrument may be used here") as caught:
        clock.run(driver.identify(), virtual=True)
    assert caught.value.address == driver.address
    clock.run(driver.close(), virtual=True)


def test_another_rigs_bench_is_refused() -> None:
    with pytest.raises(BenchError):
        opened_offline(load_bench(EXAMPLE), type("Other", (), {"name": "other"}))
