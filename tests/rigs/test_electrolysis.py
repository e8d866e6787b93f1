"""The electrolysis rig: what it holds, what may be watched, and the example of a real bench."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl.errors import BenchError
from rigs.assembly import check_roles, driver_class, limits_of
from rigs.bench import load_bench
from rigs.electrolysis import ElectrolysisRig
from rigs.hazard import check_hazard, is_hazardous

EXAMPLE = Path(__file__).parents[2] / "rigs" / "benches" / "example_electrolysis.toml"


def test_the_example_bench_fits_the_rig() -> None:
    bench = load_bench(EXAMPLE)
    check_roles(bench, ElectrolysisRig)
    check_hazard(bench, ElectrolysisRig)
    for role in bench.roles:
        found = driver_class(bench, role, ElectrolysisRig)
        assert set(limits_of(bench, role, found)) <= set(found.limit_units)


def test_hydrogen_needs_a_hardware_interlock(tmp_path: Path) -> None:
    assert is_hazardous(ElectrolysisRig)
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "bench.toml"
    without = [line for line in lines if not line.startswith("hardware_interlock")]
    path.write_text("\n".join(without), encoding="utf-8")
    with pytest.raises(BenchError, match="hardware interlock"):
        check_hazard(load_bench(path), ElectrolysisRig)
