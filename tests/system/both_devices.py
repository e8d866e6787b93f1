"""An indicator by measurement on both devices of its simulated bench: nominal and failing."""

from __future__ import annotations

from pathlib import Path

from labctl.agreement import default
from labctl.catalogue import load
from labctl.engine import execute
from labctl.evidence import Evidence
from labctl.requests import RunOutcome, RunRequest
from labctl.verdict import Outcome


def measured(runs: Path, item: str, dut: str) -> tuple[RunOutcome, Evidence]:
    """What a run of `item` on the device `dut` comes to, and its evidence."""
    seen: list[Evidence] = []
    asked = RunRequest(
        (item,),
        (load().get(item),),
        default(),
        runs,
        dut=dut,
        seed=4,
        draws=1000,
        on_evidence=lambda told: seen.append(told.evidence),
    )
    outcome = execute(asked)
    return outcome, seen[0]


def assert_measured(runs: Path, item: str) -> None:
    """The nominal device passes and the failing one fails, with a budget, nothing unstated and all
    conditions held."""
    for dut, expected in (("nominal", Outcome.PASS), ("failing", Outcome.FAIL)):
        outcome, evidence = measured(runs, item, dut)
        verdict = outcome.items[0].verdict
        assert verdict.outcome == expected and verdict.simulated
        assert not evidence.unstated and not evidence.missing and evidence.budget
        assert all(one.outcome == Outcome.PASS for one in verdict.conditions)
