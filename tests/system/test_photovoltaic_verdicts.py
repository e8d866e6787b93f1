"""The five photovoltaic indicators: verdicts by measurement, and runs that repeat themselves.

One test an indicator does all its runs, so that no run is done twice on two test workers.
"""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

import pytest

from labctl.evidence import Evidence
from labctl.journal import dump
from labctl.requests import RunOutcome
from labctl.runfile import open_run
from labctl.verdict import Outcome
from tests.runcheck import check_run
from tests.system.photovoltaic_bench import FEW, ITEMS, measured

PASSES = {Outcome.PASS, Outcome.CONDITIONAL_PASS}
FAILS = {Outcome.FAIL, Outcome.CONDITIONAL_FAIL}

HOURS = {"1.1-04": 1000.0, "1.2-06": 2000.0}
"""By item, the hours of lamp between its two readings, where they are many."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("item", ITEMS)
def test_nominal_passes_failing_fails_and_a_run_repeats_itself(tmp_path: Path, item: str) -> None:
    nominal = measured(tmp_path, item, draws=FEW)
    failing = measured(tmp_path, item, dut="failing", draws=FEW)
    assert nominal.items[0].verdict.outcome in PASSES
    assert failing.items[0].verdict.outcome in FAILS
    for outcome in (nominal, failing):
        assert_in_order(outcome)
    again = measured(tmp_path, item, draws=FEW)
    assert difference(nominal, again) is None
    assert difference(nominal, failing) is not None


def difference(one: RunOutcome, other: RunOutcome) -> tuple[str, str] | None:
    """The first line in which the journals of two runs differ; None where they are the same."""
    texts = [dump(run.path / "journal.db").splitlines() for run in (one, other)]
    pairs = zip_longest(*texts, fillvalue="")
    return next(((a[:200], b[:200]) for a, b in pairs if a != b), None)


def assert_in_order(outcome: RunOutcome) -> None:
    """Whole, simulated, every condition held, and the figure accounted for."""
    assert check_run(outcome.path) == ()
    [done] = outcome.items
    assert done.error is None
    assert done.verdict.simulated
    assert {one.state for one in done.verdict.conditions} <= {"held"}
    [record] = open_run(outcome.path).items
    assert record.evidence is not None and record.provenance is not None
    assert len(record.provenance.instruments) == 5
    assert_accounted(done.id, record.evidence)


def assert_accounted(item: str, evidence: Evidence) -> None:
    """The budget has its lines, and the drift of the lamp's spectrum where hours lie between."""
    lines = {line.source: line.u for line in evidence.budget if line.u > 0}
    assert len(lines) >= 5
    assert evidence.how and evidence.left_out
    if item in HOURS:
        # 0.05 % in 1000 h, of the power after the exposure.
        assert lines["bench/spectral_drift"] == pytest.approx(0.05 * HOURS[item] / 1000, rel=0.25)
    else:
        assert "bench/spectral_drift" not in lines


def test_another_seed_is_another_bench(tmp_path: Path) -> None:
    one, other = (measured(tmp_path, "1.1-03", seed=seed, draws=FEW) for seed in (1, 2))
    assert one.items[0].verdict.rows[0].value != other.items[0].verdict.rows[0].value
