"""The driver of any Modbus transmitter, by maps of two kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from drivers.conformance.scripted import ScriptedRegisters
from drivers.generic.modbus_transmitter import ModbusTransmitter
from drivers.registry import load_driver
from drivers.roles.data_logger import DataLogger
from labctl.errors import BenchError, InstrumentError, LimitRefused, UsageError
from rigs.bench import load_bench
from rigs.options import configured
from tests.drivers.generic.test_modbus_map import GOOD, written
from tests.drivers.scripted import run

FLOW = """\
maker = "ACME"
model = "FT-7"
table = "input"

[identity]
register = 100
type = "string"
words = 2
equals = "FT-7"

[serial]
register = 110
type = "uint32"

[channels.flow]
register = 10
type = "int16"
unit = "L/min"
scale = 0.1
absent = 0x8000
low = -100.0
high = 100.0

[channels.total]
register = 11
type = "uint32"
unit = "L"
"""
VAISALA = [
    {"identification": 1, "objects": [[1, "GMP252"]]},
    {"identification": 128, "objects": [[128, "K0710040"]]},
]


class Inputs(ScriptedRegisters):
    """Input registers from a table; those that are not there are refused."""

    def __init__(self, words: Mapping[int, Sequence[int]]) -> None:
        super().__init__([])
        self._words = {at + i: word for at, many in words.items() for i, word in enumerate(many)}

    async def read_input(self, register: int, count: int = 1) -> list[int]:
        try:
            return [self._words[at] for at in range(register, register + count)]
        except KeyError as error:
            raise InstrumentError("exception 02", address=self.address) from error


def transmitter(folder: Path, text: str, link: Any) -> Any:
    return ModbusTransmitter.configured({"map": str(written(folder, text))})(link, {})


def flow(folder: Path, *, raw: int = 123, name: Sequence[int] = (0x4654, 0x2D37)) -> Any:
    words = {10: [raw, 0x0001, 0x86A0], 100: name, 110: [0x0000, 0x1092]}
    return transmitter(folder, FLOW, Inputs(words))


def test_registers_identify_it_and_values_are_scaled(tmp_path: Path) -> None:
    driver = flow(tmp_path)
    as_role: DataLogger = ModbusTransmitter(Inputs({}))
    assert isinstance(driver, type(as_role))

    async def body() -> tuple[Any, ...]:
        return await driver.identify(), await driver.read("flow"), await driver.values()

    identity, reading, values = run(body)
    assert (identity.maker, identity.model, identity.serial) == ("ACME", "FT-7", "4242")
    assert (reading.value, reading.unit) == (pytest.approx(12.3), "L/min")
    assert reading.accuracy is None
    assert values["total"].value == 100000.0
    assert run(driver.channels) == {"flow": "L/min", "total": "L"}


def test_the_device_identification_identifies_it(tmp_path: Path) -> None:
    value = {"read": 0, "answer": [0x0000, 0x447A]}
    driver = transmitter(tmp_path, GOOD, ScriptedRegisters([*VAISALA, value]))

    async def body() -> Any:
        assert (await driver.identify()).serial == "K0710040"
        return await driver.read("carbon_dioxide")

    reading = run(body)
    assert (reading.value, reading.unit) == (1000.0, "ppm")
    assert reading.accuracy.source == "GMP252 datasheet B211567EN"


def test_another_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InstrumentError, match="no ACME FT-7") as caught:
        run(flow(tmp_path, name=(0x4654, 0x2D38)).identify)
    assert caught.value.answer == "FT-8" and "bench file" in caught.value.remedy
    other = [{"identification": 1, "objects": [[1, "GMW95"]]}]
    with pytest.raises(InstrumentError, match="no Vaisala GMP252"):
        run(transmitter(tmp_path, GOOD, ScriptedRegisters(other)).identify)


@pytest.mark.parametrize(("raw", "why"), [(0x8000, "not available"), (1001, "outside its range")])
def test_what_is_no_reading_is_told(tmp_path: Path, raw: int, why: str) -> None:
    driver = flow(tmp_path, raw=raw)

    async def body() -> None:
        await driver.identify()
        with pytest.raises(InstrumentError, match=why) as caught:
            await driver.read("flow")
        assert caught.value.command == "read 10 (flow)" and caught.value.answer

    run(body)


def test_a_value_that_is_not_there_leaves_the_others(tmp_path: Path) -> None:
    driver = flow(tmp_path, raw=0x8000)

    async def body() -> Any:
        await driver.identify()
        return await driver.values()

    values = run(body)
    assert values["flow"] is None and values["total"].value == 100000.0


def test_it_logs_and_drives_nothing(tmp_path: Path) -> None:
    driver = flow(tmp_path)

    async def body() -> None:
        await driver.identify()
        await driver.safe()
        await driver.stop()
        assert await driver.outputs() == ()
        with pytest.raises(InstrumentError, match="no channel 'level'"):
            await driver.read("level")
        with pytest.raises(UsageError, match="keeps no log"):
            await driver.start(["flow"], sample_rate=1.0)
        with pytest.raises(UsageError, match="keeps no log"):
            await driver.logged("flow", since=0.0)
        with pytest.raises(InstrumentError, match="no clock"):
            await driver.clock_offset()
        with pytest.raises(LimitRefused, match="writes nothing"):
            await driver.set_output("flow", 1.0)

    run(body)


def test_without_a_map_nobody_is_identified() -> None:
    link = ScriptedRegisters([{"identification": 0, "objects": [[0, "ACME"], [1, "FT-7"]]}])
    with pytest.raises(InstrumentError, match="no map") as caught:
        run(ModbusTransmitter(link).identify)
    assert caught.value.answer == "ACME, FT-7" and "map" in caught.value.remedy
    with pytest.raises(ValueError, match="map is missing"):
        ModbusTransmitter.configured({})


def test_a_bench_names_the_map_beside_it_and_is_told_the_line(tmp_path: Path) -> None:
    (tmp_path / "flow.toml").write_text(FLOW.replace("int16", "int17"), encoding="utf-8")
    path = tmp_path / "bench.toml"
    path.write_text(
        'name = "b"\nrig = "r"\n\n[roles.flow]\ndriver = "generic.modbus_transmitter"\n'
        'address = "modbus+tcp://192.0.2.7:502"\noptions = { map = { file = "flow.toml" } }\n',
        encoding="utf-8",
    )
    bench = load_bench(path)
    with pytest.raises(BenchError, match=r"flow\.toml:17: channels\.flow\.type: 'int17'"):
        configured(bench, "flow", load_driver("generic.modbus_transmitter"))
    (tmp_path / "flow.toml").write_text(FLOW, encoding="utf-8")
    made = configured(bench, "flow", load_driver("generic.modbus_transmitter"))
    assert isinstance(made(Inputs({}), {}), ModbusTransmitter)
