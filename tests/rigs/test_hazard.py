"""A hazardous rig starts with a named hardware interlock alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from labctl.errors import BenchError
from rigs.bench import parse_bench
from rigs.hazard import check_hazard, is_hazardous
from rigs.photovoltaic import PhotovoltaicRig

ROLE = '[roles.supply]\ndriver = "rigol.dp832"\naddress = "tcp://192.0.2.1:5555"\n'


@dataclass(frozen=True)
class Electrolyser:
    hazardous: bool = True
    name: str = "electrolyser"


def checked(top: str, rig: type, roles: str = ROLE) -> None:
    text = f'name = "b"\nrig = "electrolyser"\n{top}\n{roles}'
    check_hazard(parse_bench(Path("b.toml"), text), rig)


def test_a_hazardous_rig_needs_a_named_interlock() -> None:
    with pytest.raises(BenchError, match="no hardware interlock is named") as raised:
        checked("", Electrolyser)
    assert "cuts" in raised.value.remedy


@pytest.mark.parametrize("text", ['""', '"  "'])
def test_an_empty_name_is_none(text: str) -> None:
    with pytest.raises(BenchError, match=r"b\.toml:3: hardware_interlock"):
        checked(f"hardware_interlock = {text}", Electrolyser)


def test_a_named_one_will_do() -> None:
    checked('hardware_interlock = "H2 detector G1 cuts valve V3 and the supplies"', Electrolyser)


def test_a_bench_can_be_hazardous_by_itself() -> None:
    with pytest.raises(BenchError, match="is hazardous"):
        checked("hazardous = true", PhotovoltaicRig)
    checked("hazardous = false", PhotovoltaicRig)


def test_nothing_on_a_simulated_bench_is_hazardous() -> None:
    role = '[sim]\nworld = "w"\n[roles.supply]\ndriver = "a.b"\naddress = "sim:visa"\n'
    checked("", Electrolyser, role + 'emulator = "e"\nport = "p"\n')


def test_a_rig_that_says_nothing_is_not_hazardous() -> None:
    assert is_hazardous(Electrolyser) and not is_hazardous(PhotovoltaicRig)


@pytest.mark.parametrize("line", ['on_power_return = "restart"', 'hazardous = "yes"'])
def test_what_the_keys_can_be(line: str) -> None:
    with pytest.raises(BenchError, match=line.split()[0]):
        checked(line, PhotovoltaicRig)


def test_what_becomes_of_a_run_after_a_power_cut_is_hold_where_nothing_is_said() -> None:
    text = f'name = "b"\nrig = "electrolyser"\n{ROLE}'
    assert parse_bench(Path("b.toml"), text).on_power_return == "hold"
    wanted = parse_bench(Path("b.toml"), 'on_power_return = "resume"\n' + text)
    assert wanted.on_power_return == "resume"
