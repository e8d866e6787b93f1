"""Bench files: ours load, and every mistake is named with file, line, key and what is expected."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from labctl.errors import BenchError
from labctl.quantity import Quantity
from rigs.bench import load_bench
from rigs.benches import simulated_bench

SIM = simulated_bench("photovoltaic")
EXAMPLE = SIM.parents[1] / "example_photovoltaic.toml"

REAL = """name = "b"
rig = "photovoltaic"

[roles.lamp]
driver = "llp.sol1"
address = "serial:///dev/ttyUSB0"
limits = { irradiance = { value = 1100, unit = "W/m**2" } }

[[uncertainty]]
name = "non_uniformity"
value = 0.01
source = "map of 2026-01-05"
"""


def load(folder: Path, text: str) -> BenchError:
    path = folder / "bench.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BenchError) as caught:
        load_bench(path)
    assert str(path) in caught.value.message
    return caught.value


def test_simulated_bench_of_the_rig() -> None:
    bench = load_bench(SIM)
    assert bench.simulated
    assert (bench.name, bench.rig) == ("photovoltaic", "photovoltaic")
    assert list(bench.roles) == ["source_meter", "reference_meter", "lamp", "bender", "chuck"]
    assert bench.sha256 == hashlib.sha256(SIM.read_bytes()).hexdigest()
    assert bench.contributions() == {
        "spectral_mismatch": Quantity(0.0, "dimensionless", 0.004),
        "non_uniformity": Quantity(0.0, "dimensionless", 0.003),
        "temperature_offset": Quantity(0.0, "K", 0.2),
        "spectral_drift": Quantity(0.0, "1/h", 5e-7),
    }
    cell = bench.reference_cell
    assert cell is not None
    assert cell.responsivity.quantity() == Quantity(0.1, "mV*m**2/W", 0.0006)
    assert cell.certificate == "SIM-CAL-PV-01"


def test_documented_real_bench_is_whole() -> None:
    bench = load_bench(EXAMPLE)
    assert not bench.simulated
    assert all("://" in role.address for role in bench.roles.values())
    assert set(bench.roles) == set(load_bench(SIM).roles)


def test_a_rig_without_simulated_bench() -> None:
    with pytest.raises(BenchError, match="no simulated bench"):
        simulated_bench("nothing")


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        ('driver = "llp.sol1"\n', "", ":4: roles.lamp", "driver"),
        ('driver = "llp.sol1"', "driver = 7", ":5: roles.lamp.driver", "Expected `str`"),
        ("address", "adress", ":6: roles.lamp.adress", "unknown key"),
        ("value = 1100", 'value = "much"', ":7: roles.lamp.limits.irradiance", "Expected `float`"),
        ("value = 1100", "value = nan", ":7: roles.lamp.limits.irradiance", "finite"),
        ('"W/m**2"', '"wombats"', ":7: roles.lamp.limits.irradiance", "wombats"),
        ("value = 0.01", "value = -0.01", ":11: uncertainty.0.value", "not below 0"),
        ('source = "map of 2026-01-05"', 'source = ""', ":12: uncertainty.0.source", "is empty"),
        ("[[uncertainty]]", "[uncertainty]", ":9: uncertainty", "[[uncertainty]]"),
        ('name = "b"\n', "", "name", "is missing"),
        ("[roles.lamp]", "[role.lamp]", "role", "unknown table"),
        ("serial:///dev/ttyUSB0", "sim:serial", ":6: roles.lamp.address", "on a real bench"),
        (
            "[roles.lamp]",
            '[sim]\nworld = "photovoltaic"\n[roles.lamp]',
            ":8: roles.lamp.address",
            "on a simulated bench",
        ),
        (
            'driver = "llp.sol1"',
            'driver = "llp.sol1"\nemulator = "llp.sol1"',
            ":6: roles.lamp.emulator",
            "simulated benches only",
        ),
    ],
)
def test_mistakes_are_named(tmp_path: Path, old: str, new: str, where: str, what: str) -> None:
    assert old in REAL
    error = load(tmp_path, REAL.replace(old, new, 1))
    assert where in error.message
    assert what in error.message


def test_misspelt_key_gets_a_suggestion(tmp_path: Path) -> None:
    error = load(tmp_path, REAL.replace("address", "adress"))
    assert error.remedy == "did you mean address?"


def test_no_toml_and_no_file(tmp_path: Path) -> None:
    assert "line 2" in load(tmp_path, 'name = "b"\nrig = \n').message
    with pytest.raises(BenchError, match="cannot be read"):
        load_bench(tmp_path / "nowhere.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BenchError, match="cannot be read"):
        load_bench(tmp_path / "bytes.toml")


def test_no_roles(tmp_path: Path) -> None:
    assert "no role is given" in load(tmp_path, 'name = "b"\nrig = "photovoltaic"\n').message


def test_twice_the_same_contribution(tmp_path: Path) -> None:
    entry = REAL[REAL.index("[[uncertainty]]") :]
    assert "stands twice" in load(tmp_path, REAL + entry).message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('driver = "llp.sol1"', 'driver = "llp.sol1"\npassword = "hunter2"'),
        ("serial:///dev/ttyUSB0", "http://user:hunter2@192.0.2.1"),
    ],
)
def test_a_secret_is_refused_and_not_repeated(tmp_path: Path, old: str, new: str) -> None:
    error = load(tmp_path, REAL.replace(old, new))
    assert "no secret" in error.message
    assert "hunter2" not in str(error)
    assert "keyring" in error.remedy


def test_simulated_role_needs_emulator_and_port(tmp_path: Path) -> None:
    text = SIM.read_text(encoding="utf-8").replace('port = "clamp"\n', "")
    assert "roles.bender.port: is missing" in load(tmp_path, text).message
