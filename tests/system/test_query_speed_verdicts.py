"""Verdicts of the query speed bench follow the device; an ill program gets none."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl.agreement import default
from labctl.catalogue import load
from labctl.engine import RunRequest, execute
from labctl.requests import ItemOutcome
from rigs.benches import simulated_bench
from tests.system.both_devices import assert_measured


def test_a_quick_system_passes_and_a_slow_one_fails(tmp_path: Path) -> None:
    assert_measured(tmp_path, "7.3-04")


def spoiled(tmp_path: Path, role: str, fault: str) -> ItemOutcome:
    bench = tmp_path / "bench.toml"
    text = simulated_bench("query_speed").read_text(encoding="utf-8")
    bench.write_text(f'{text}\n[[sim.faults]]\nrole = "{role}"\n{fault}\n', encoding="utf-8")
    request = RunRequest(("7.3-04",), (load().get("7.3-04"),), default(), tmp_path, bench=bench)
    [item] = execute(request).items
    return item


@pytest.mark.parametrize(
    ("role", "fault", "says"),
    [
        ("system", 'kind = "silence"\nat = 30', "hangs or has died"),
        ("spyglass", 'kind = "disconnect"\nat = 30', "hangs or has died"),
        ("smartstore", 'kind = "garble"\nat = 30\nmask = 64', "makes no sense"),
    ],
)
def test_an_ill_program_is_an_error_and_no_verdict(
    tmp_path: Path, role: str, fault: str, says: str
) -> None:
    item = spoiled(tmp_path, role, fault)
    assert item.error is not None
    assert item.error["kind"] == "instrument"
    assert says in item.error["message"]
    assert role in item.error["address"]
    assert item.error["remedy"]
