"""`[[interlocks]]`: what a bench file may say, and every mistake by file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl.errors import BenchError
from labctl.interlocks import Terms
from rigs.bench import load_bench

BENCH = """name = "b"
rig = "photovoltaic"

[roles.lamp]
driver = "llp.sol1"
address = "serial:///dev/ttyUSB0"

[[interlocks]]
name = "heat"
watch = "chuck.temperature"
above = { value = 85, unit = "degC" }
action = "hold"

[[interlocks]]
name = "door"
watch = "chamber.is_door_open"
is_not = "no"
action = "trip"
every = { value = 500, unit = "ms" }
lost_after = { value = 2, unit = "s" }
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "bench.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_interlocks_with_what_they_leave_out(tmp_path: Path) -> None:
    heat, door = load_bench(written(tmp_path, BENCH)).interlocks
    assert heat.terms() == Terms("heat", "hold", every=10.0, lost_after=30.0, settle=60.0)
    assert heat.limit is not None and heat.limit.value == 85.0
    assert door.terms() == Terms("door", "trip", every=0.5, lost_after=2.0)
    assert (door.is_, door.is_not) == (None, "no")


def test_a_door_and_a_scanner_are_declared(tmp_path: Path) -> None:
    found = load_bench(written(tmp_path, f"scan_sample = true\n{BENCH}door = true\n"))
    assert [one.terms().door for one in found.interlocks] == [False, True]
    assert found.scan_sample
    assert not load_bench(written(tmp_path, BENCH)).scan_sample
    with pytest.raises(BenchError, match="scan_sample"):
        load_bench(written(tmp_path, f"scan_sample = 1\n{BENCH}"))


def test_a_bench_without_interlocks(tmp_path: Path) -> None:
    assert load_bench(written(tmp_path, BENCH.split("[[interlocks]]")[0])).interlocks == ()


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        ('name = "heat"\n', "", ":8: interlocks.0", "`name`"),
        ('name = "heat"', 'name = " "', ":9: interlocks.0.name", "names no interlock"),
        ('name = "heat"', 'name = "paused"', ":9: interlocks.0.name", "names no interlock"),
        ('name = "door"', 'name = "heat"', ":15: interlocks.1.name", "stands twice"),
        ('action = "hold"', 'action = "stop"', ":12: interlocks.0.action", "stop"),
        ('action = "hold"', "", ":8: interlocks.0", "`action`"),
        ("above", "abvoe", ":11: interlocks.0.abvoe", "unknown key"),
        ("above = { value = 85, ", "above = { value = nan, ", ":11: interlocks.0.above", "finite"),
        ('"degC"', '"wombats"', ":11: interlocks.0.above", "wombats"),
        ('is_not = "no"\n', "", ":14: interlocks.1", "no condition"),
        ('is_not = "no"', 'is_not = "no"\nis = "yes"', ":14: interlocks.1", "is and is_not"),
        ('unit = "ms"', 'unit = "mm"', ":19: interlocks.1.every", "mm"),
        ("value = 500", "value = 0", ":19: interlocks.1.every", "above 0"),
        ("value = 2,", "value = 0.5,", ":20: interlocks.1.lost_after", "is read each 0.5 s"),
        (
            'action = "hold"',
            'action = "hold"\nevery = { value = 1, unit = "min" }',
            ":13: interlocks.0.every",
            "lost after 30 s",
        ),
        (
            'action = "hold"',
            'action = "hold"\nclear = { value = 90, unit = "degC" }',
            ":13: interlocks.0.clear",
            "beyond above",
        ),
        (
            'action = "hold"',
            'action = "hold"\nclear = { value = 1, unit = "m" }',
            ":13: interlocks.0.clear",
            "'m'",
        ),
        (
            'action = "trip"',
            'action = "trip"\nclear = { value = 1, unit = "m" }',
            ":19: interlocks.1.clear",
            "a state has no value",
        ),
        (
            'action = "hold"',
            'action = "hold"\nrelease = "never"',
            ":13: interlocks.0.release",
            "never",
        ),
    ],
)
def test_mistakes(tmp_path: Path, old: str, new: str, where: str, what: str) -> None:
    assert old in BENCH
    path = written(tmp_path, BENCH.replace(old, new, 1))
    with pytest.raises(BenchError) as caught:
        load_bench(path)
    assert f"{path}{where}:" in caught.value.message
    assert what in caught.value.message


def test_interlocks_that_are_no_tables(tmp_path: Path) -> None:
    text = 'interlocks = "many"\n' + BENCH.split("[[interlocks]]")[0]
    with pytest.raises(BenchError, match=r":1: interlocks: expected tables"):
        load_bench(written(tmp_path, text))


def test_celsius_and_kelvin_may_be_mixed(tmp_path: Path) -> None:
    text = BENCH.replace('action = "hold"', 'action = "hold"\nclear = { value = 350, unit = "K" }')
    [heat, _] = load_bench(written(tmp_path, text)).interlocks
    assert heat.clear is not None and heat.clear.value == 350
