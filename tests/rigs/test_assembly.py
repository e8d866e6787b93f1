"""From a bench file to a rig: roles, drivers that fit them, limits, reference cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl.errors import BenchError
from rigs.assembly import assemble, check_roles, driver_class, limits_of, roles_of
from rigs.bench import Bench, load_bench
from rigs.benches import simulated_bench
from rigs.photovoltaic import PhotovoltaicRig

TEXT = simulated_bench("photovoltaic").read_text(encoding="utf-8")


def bench(folder: Path, text: str) -> Bench:
    path = folder / "bench.toml"
    path.write_text(text, encoding="utf-8")
    return load_bench(path)


def test_roles_of_the_rig() -> None:
    assert list(roles_of(PhotovoltaicRig)) == [
        "source_meter",
        "reference_meter",
        "lamp",
        "chuck",
        "bender",
    ]


def test_every_driver_of_the_bench_fits_its_role(tmp_path: Path) -> None:
    whole = bench(tmp_path, TEXT)
    check_roles(whole, PhotovoltaicRig)
    found = {role: driver_class(whole, role, PhotovoltaicRig) for role in whole.roles}
    assert limits_of(whole, "source_meter", found["source_meter"]) == {
        "voltage": 20.0,
        "current": 1.0,
    }
    assert limits_of(whole, "bender", found["bender"]) == {"radius_min": 0.002, "frequency": 2.0}


def test_wrong_rig(tmp_path: Path) -> None:
    wrong = bench(tmp_path, TEXT.replace('rig = "photovoltaic"', 'rig = "battery"'))
    with pytest.raises(BenchError, match=r":3: rig: this bench is for the rig 'battery'"):
        check_roles(wrong, PhotovoltaicRig)


def test_role_too_few_and_too_many(tmp_path: Path) -> None:
    few = bench(tmp_path, TEXT.replace("[roles.bender]", "[roles.bander]"))
    with pytest.raises(BenchError, match="the role bender is missing"):
        check_roles(few, PhotovoltaicRig)
    extra = TEXT[TEXT.index("[roles.bender]") : TEXT.index("[roles.chuck]")]
    many = bench(tmp_path, TEXT + extra.replace("bender", "second"))
    with pytest.raises(BenchError, match=r"roles\.second: the rig 'photovoltaic' has no such role"):
        check_roles(many, PhotovoltaicRig)


def test_driver_that_cannot_fill_the_role(tmp_path: Path) -> None:
    wrong = bench(tmp_path, TEXT.replace('driver = "llp.sol1"', 'driver = "llp.bend1"'))
    with pytest.raises(BenchError, match=r"roles\.lamp\.driver: llp\.bend1 cannot be a SolarSim"):
        driver_class(wrong, "lamp", PhotovoltaicRig)
    unknown = bench(tmp_path, TEXT.replace('driver = "llp.sol1"', 'driver = "llp.sol9"'))
    with pytest.raises(BenchError, match=r"roles\.lamp\.driver: there is no driver"):
        driver_class(unknown, "lamp", PhotovoltaicRig)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            'voltage = { value = 20, unit = "V" }',
            'torque = { value = 20, unit = "N*m" }',
            "no such",
        ),
        ('value = 20, unit = "V"', 'value = 20, unit = "A"', "dimensions differ"),
    ],
)
def test_limit_that_the_driver_cannot_keep(tmp_path: Path, old: str, new: str, what: str) -> None:
    wrong = bench(tmp_path, TEXT.replace(old, new))
    found = driver_class(wrong, "source_meter", PhotovoltaicRig)
    with pytest.raises(BenchError, match=what) as caught:
        limits_of(wrong, "source_meter", found)
    assert "roles.source_meter.limits" in caught.value.message


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("[reference_cell]", "[visa]\n[reference_cells]", "reference_cells"),
        ('unit = "mV*m**2/W"', 'unit = "mV"', "dimensions differ"),
        ("u = 0.0006", "u = 0", "positive"),
    ],
)
def test_reference_cell(tmp_path: Path, old: str, new: str, what: str) -> None:
    with pytest.raises(BenchError, match=what):
        assemble(bench(tmp_path, TEXT.replace(old, new)), PhotovoltaicRig, {})


def test_bench_without_the_reference_cell_that_the_rig_needs(tmp_path: Path) -> None:
    begin, end = TEXT.index("[reference_cell]"), TEXT.index("[[uncertainty]]")
    with pytest.raises(BenchError, match="reference_cell: is missing"):
        assemble(bench(tmp_path, TEXT[:begin] + TEXT[end:]), PhotovoltaicRig, {})
