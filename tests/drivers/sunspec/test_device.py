"""Models that are not known here, by the definitions that a bench brings (sunspec.device)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from drivers.sunspec._definitions import layout
from drivers.sunspec._files import read_folder, unit_of
from drivers.sunspec.device import SunSpecDevice
from labctl.errors import InstrumentError
from tests.drivers.scripted import run

MODEL_WET = 2
MODEL = {
    "id": 64020,
    "group": {
        "name": "weather",
        "type": "group",
        "points": [
            {"name": "ID", "type": "uint16", "size": 1, "value": 64020},
            {"name": "L", "type": "uint16", "size": 1},
            {"name": "Tmp", "type": "int16", "size": 1, "sf": "Tmp_SF", "units": "C"},
            {"name": "Addr", "type": "ipaddr", "size": 2},
            {
                "name": "St",
                "type": "enum16",
                "size": 1,
                "symbols": [{"name": "OK", "value": 1}, {"name": "WET", "value": 2}],
            },
            {"name": "Tmp_SF", "type": "sunssf", "size": 1},
        ],
        "groups": [
            {
                "name": "sky",
                "type": "group",
                "count": 0,
                "points": [{"name": "G", "type": "uint16", "size": 1, "units": "W/m2"}],
            }
        ],
    },
}


def text(value: str, size: int) -> list[int]:
    data = value.encode("ascii").ljust(2 * size, b"\0")
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]


COMMON = [*text("ACME", 16), *text("Sky 1", 16), *text("", 8), *text("1.0", 8), *text("S7", 16)]
WEATHER = [0xFF38, 0xC0A8, 0x0001, 2, 0xFFFF, 850, 0xFFFF]
REGISTERS = [
    *(0x5375, 0x6E53, 1, 66, *COMMON, 1, 0x8000),
    *(64020, 7, *WEATHER, 64999, 1, 5, 0xFFFF, 0),
]


class Device:
    """A device whose models a bench must define: holding registers from 40000 on."""

    address = "modbus+tcp://device"

    async def read_holding(self, register: int, count: int = 1) -> list[int]:
        at = register - 40000
        if at < 0 or at + count > len(REGISTERS):
            raise InstrumentError("illegal data address", address=self.address)
        return REGISTERS[at : at + count]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model_64020.json").write_text(json.dumps(MODEL), encoding="utf-8")
    return tmp_path


def device(folder: Path | None) -> Any:
    link: Any = Device()
    if folder is None:
        return SunSpecDevice(link)
    return SunSpecDevice.configured({"models": str(folder)})(link, {})


def test_a_definition_beside_the_bench_is_read(folder: Path) -> None:
    driver = device(folder)

    async def body() -> tuple[Any, ...]:
        await driver.identify()
        known = await driver.channels()
        return known, await driver.read("64020.Tmp"), await driver.values(64020)

    known, reading, values = run(body)
    assert known["64020.Tmp"] == "degC"
    assert known["64020.sky[1].G"] == "W/m**2"
    assert (reading.value, reading.unit, reading.serial) == (-20.0, "degC", "S7")
    assert values["St"] == MODEL_WET
    assert values["sky[1].G"] == 850.0 and values["sky[2].G"] is None


def test_models_without_a_definition_are_passed_over_and_named(folder: Path) -> None:
    driver = device(None)

    async def body() -> tuple[Any, ...]:
        await driver.identify()
        with pytest.raises(InstrumentError, match="no model 64020 that is known here"):
            await driver.read("64020.Tmp")
        return await driver.models(), await driver.channels()

    models, channels = run(body)
    assert models == (1, 64020, 64999)
    assert not any(name.startswith("64") for name in channels)


def test_points_of_unknown_types_take_their_registers(folder: Path) -> None:
    placed = {one.name: one.offset for one in layout(read_folder(folder)[64020], WEATHER)}
    assert (placed["Tmp"], placed["St"], placed["Tmp_SF"]) == (0, 3, 4)


@pytest.mark.parametrize(
    ("spoilt", "why"),
    [
        ("{", "defines no model"),
        ("{}", "defines no model"),
        (json.dumps(MODEL).replace('"size": 1, "sf"', '"size": 2, "sf"'), "its type 1"),
        (json.dumps(MODEL).replace('"count": 0', '"count": []'), "times there"),
    ],
)
def test_a_file_that_defines_no_model_is_named(tmp_path: Path, spoilt: str, why: str) -> None:
    path = tmp_path / "model_64020.json"
    path.write_text(spoilt, encoding="utf-8")
    with pytest.raises(ValueError, match=why) as caught:
        SunSpecDevice.configured({"models": str(tmp_path)})
    assert str(path) in str(caught.value)


def test_a_folder_without_definitions_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is no model_"):
        SunSpecDevice.configured({"models": str(tmp_path)})


@pytest.mark.parametrize(
    ("theirs", "ours"), [("Wh", "W*h"), ("% WMax", "%"), ("PF", ""), ("V", "V"), ("V/s", "V/s")]
)
def test_units_are_spelled_as_here(theirs: str, ours: str) -> None:
    assert unit_of(theirs) == ours
