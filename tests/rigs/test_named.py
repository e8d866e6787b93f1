"""Rigs are found by the name in a bench file, and say in which order they are made safe."""

from __future__ import annotations

from pathlib import Path

import pytest

from rigs.bench import load_bench, parse_bench
from rigs.benches import simulated_bench
from rigs.dossier import DossierRig
from rigs.named import order_of, rig_named
from rigs.photovoltaic import PhotovoltaicRig


@pytest.mark.parametrize(
    ("name", "rig"),
    [
        ("photovoltaic", PhotovoltaicRig),
        ("dossier", DossierRig),
        ("reference", None),
        ("bench", None),
        ("no such", None),
        ("..os", None),
    ],
)
def test_a_rig_by_its_name(name: str, rig: type | None) -> None:
    assert rig_named(name) is rig


def test_the_rig_says_in_which_order() -> None:
    bench = load_bench(simulated_bench("photovoltaic"))
    order = ("source_meter", "lamp", "bender", "chuck", "reference_meter")
    assert order_of(bench, PhotovoltaicRig) == order
    assert order_of(bench, None) == tuple(bench.roles)


def test_a_role_that_the_rig_does_not_know_comes_last_and_one_that_is_missing_not_at_all() -> None:
    role = '[roles.{}]\ndriver = "a.b"\naddress = "tcp://192.0.2.1:1"\n'
    text = 'name = "b"\nrig = "photovoltaic"\n' + role.format("odd") + role.format("lamp")
    bench = parse_bench(Path("b.toml"), text + role.format("source_meter"))
    assert order_of(bench, PhotovoltaicRig) == ("source_meter", "lamp", "odd")
