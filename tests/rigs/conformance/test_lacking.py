from __future__ import annotations

from pathlib import Path

import pytest

from labctl.errors import BenchError
from labctl.labs import load_labs
from rigs.conformance.lacking import lacking

BENCH = """
name = "room 12"
rig = "terminals"
[roles.meter]
driver = "{driver}"
address = "tcp://192.0.2.1:5025"
"""


def of(folder: Path, driver: str) -> dict[str, str]:
    path = folder / "bench.toml"
    path.write_text(BENCH.format(driver=driver), encoding="utf-8")
    (found,) = lacking(load_labs(), path)
    assert (found.bench, found.simulated, found.path) == ("room 12", False, path)
    return {lack.kind: lack.detail for lack in found.roles["meter"]}


def test_a_proven_driver_lacks_a_certificate_alone(tmp_path: Path) -> None:
    assert set(of(tmp_path, "keithley.k2450")) == {"certificate"}


def test_an_unproven_driver_lacks_more(tmp_path: Path) -> None:
    lacks = of(tmp_path, "keithley.k2636b_smub")
    assert lacks["tier"] == "unverified"
    assert lacks["exempt"].startswith("transcript: ")
    assert lacks["accuracy"] == "voltage, current"


def test_a_driver_that_is_not_there(tmp_path: Path) -> None:
    assert of(tmp_path, "acme_lab.drivers.acme.k1") == {
        "driver": "no installed lab has the driver 'acme_lab.drivers.acme.k1'"
    }


def test_every_bench_of_ours_is_looked_at_and_simulated_ones_need_no_certificate() -> None:
    found = {one.bench: one for one in lacking(load_labs()[:1], None)}
    assert {"labctl/reference", "labctl/photovoltaic"} <= set(found)
    kinds = {lack.kind for lacks in found["labctl/reference"].roles.values() for lack in lacks}
    assert "certificate" not in kinds and "tier" in kinds


def test_a_bench_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="cannot be read"):
        list(lacking(load_labs(), tmp_path / "nix.toml"))
