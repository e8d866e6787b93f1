"""Verdicts of the cache bench follow the device, by measurement; an ill system gets none."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl.agreement import default
from labctl.catalogue import load
from labctl.engine import RunRequest, execute
from labctl.evidence import Rate
from labctl.requests import ItemOutcome
from labctl.verdict import Outcome
from rigs.benches import simulated_bench
from tests.system.both_devices import assert_measured, measured

IDS = ("7.3-02", "7.3-03", "7.3-06", "7.3-07")


@pytest.mark.parametrize("id", IDS)
def test_a_good_system_passes_and_a_bad_one_fails(tmp_path: Path, id: str) -> None:
    assert_measured(tmp_path, id)


def test_recall_is_a_rate_of_trials(tmp_path: Path) -> None:
    """A rate has its bounds by itself, and no budget."""
    for dut, expected in (("nominal", Outcome.PASS), ("failing", Outcome.FAIL)):
        outcome, evidence = measured(tmp_path, "7.3-05", dut)
        assert outcome.items[0].verdict.outcome == expected
        found = evidence.results["recall"]
        assert isinstance(found, Rate)
        assert found.trials == found.planned == 2000


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
