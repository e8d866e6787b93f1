"""Simulated benches: worlds, traces and faults, and what is said where they do not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl.errors import BenchError
from rigs.bench import load_bench

METER = """name = "b"
rig = "terminals"

[sim]
world = "reference"

[roles.meter]
driver = "keithley.dmm6500"
address = "sim:visa"
emulator = "keithley.dmm6500"
port = "voltage_source"
"""
FAULT = '\n[[sim.faults]]\nrole = "meter"\nkind = "silence"\n'
REPLAYED = (
    METER
    .replace('world = "reference"\n', "")
    .replace('emulator = "keithley.dmm6500"', 'emulator = "replay"')
    .replace('port = "voltage_source"', 'trace = "runs/meter.jsonl"')
)


def written(folder: Path, text: str) -> Path:
    path = folder / "bench.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_faults_stand_in_the_table_of_the_world(tmp_path: Path) -> None:
    bench = load_bench(written(tmp_path, METER + FAULT + "at = 3\n" + FAULT))
    assert bench.sim is not None and bench.sim.world == "reference"
    assert bench.sim.faults == [
        {"role": "meter", "kind": "silence", "at": 3},
        {"role": "meter", "kind": "silence"},
    ]
    assert bench.trace_of("meter") is None


def test_a_trace_is_named_from_the_bench_files_folder(tmp_path: Path) -> None:
    bench = load_bench(written(tmp_path, REPLAYED))
    assert bench.trace_of("meter") == tmp_path / "runs" / "meter.jsonl"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (METER + FAULT.replace("meter", "motor"), ":14: sim.faults.0.role: no role 'motor'"),
        (METER + FAULT.replace('role = "meter"\n', ""), ":13: sim.faults.0.role: no role None"),
        (METER + "\n[sim.faults]\n", ":13: sim.faults: Expected `array`"),
        (METER.replace('world = "reference"\n', ""), ":4: sim.world: is missing"),
        (METER + 'trace = "t.jsonl"\n', ":12: roles.meter.trace: is not for the emulator"),
        (REPLAYED + 'port = "voltage_source"\n', "roles.meter.port: is not for the emulator"),
        (REPLAYED.replace("trace = ", "# "), "roles.meter.trace: is missing"),
        (
            METER.replace("sim:visa", "tcp://192.0.2.1:1").replace('[sim]\nworld = "reference"', "")
            + 'trace = "t.jsonl"\n',
            "roles.meter.emulator: is for simulated benches only",
        ),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, text: str, where: str) -> None:
    with pytest.raises(BenchError) as caught:
        load_bench(written(tmp_path, text))
    assert where in caught.value.message
