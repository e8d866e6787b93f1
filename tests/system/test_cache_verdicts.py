"""Verdicts of the cache bench follow the device, by measurement; an ill system gets none."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl.agreement import default
from labctl.catalogue import load
from labctl.engine import RunRequest, execute
from labctl.requests import ItemOutcome
from rigs.benches import simulated_bench
from tests.system.both_devices import assert_measured

IDS = ("7.3-02", "7.3-03")


@pytest.mark.parametrize("id", IDS)
def test_a_good_system_passes_and_a_bad_one_fails(tmp_path: Path, id: str) -> None:
    assert_measured(tmp_path, id)


def spoiled(tmp_path: Path, fault: str) -> ItemOutcome:
    bench = tmp_path / "bench.toml"
    text = simulated_bench("cache").read_text(encoding="utf-8")
    bench.write_text(f'{text}\n[[sim.faults]]\nrole = "system"\n{fault}\n', encoding="utf-8")
    request = RunRequest(("7.3-02",), (load().get("7.3-02"),), default(), tmp_path, bench=bench)
    [item] = execute(request).items
    return item


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ('kind = "silence"\nat = 300', "hangs or has died"),
        ('kind = "disconnect"\nat = 300', "hangs or has died"),
        ('kind = "garble"\nat = 300\nmask = 64', "makes no sense"),
        ('kind = "truncate"\nat = 300\nkeep = 6', "hangs or has died"),
    ],
)
def test_an_ill_system_is_an_error_and_no_verdict(tmp_path: Path, fault: str, says: str) -> None:
    item = spoiled(tmp_path, fault)
    assert item.error is not None
    assert item.error["kind"] == "instrument"
    assert says in item.error["message"]
    assert item.error["remedy"]
