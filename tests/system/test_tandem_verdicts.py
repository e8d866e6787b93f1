"""The tandem indicators: verdicts by measurement, conditions held, and a run that is taken up."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from labctl.catalogue import load
from labctl.indicator import Indicator
from labctl.runfile import open_run
from labctl.verdict import Outcome
from tests.runcheck import check_run
from tests.system.photovoltaic_bench import FEW, lasting, measured

PASSES = {Outcome.PASS, Outcome.CONDITIONAL_PASS}
FAILS = {Outcome.FAIL, Outcome.CONDITIONAL_FAIL}

LINES = {
    "1.2-03": {"reference_cell", "spectral_mismatch_top"},
    "1.2-04": {"top_cell", "bottom_cell", "spectral_mismatch_bottom", "repeatability/spectro"},
    "1.2-05": {"chamber_temperature", "chamber_humidity", "damp_heat_humidity_exponent"},
}
"""What the budget must name."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("item", LINES)
def test_nominal_passes_and_failing_fails(tmp_path: Path, item: str) -> None:
    for dut, expected in (("nominal", PASSES), ("failing", FAILS)):
        outcome = measured(tmp_path, item, dut=dut, draws=FEW)
        [done] = outcome.items
        assert done.error is None
        assert done.verdict.outcome in expected
        assert {one.state for one in done.verdict.conditions} <= {"held"}
        assert check_run(outcome.path) == ()
        [record] = open_run(outcome.path).items
        assert record.evidence is not None
        named = " ".join(line.source for line in record.evidence.budget if line.u > 0.0)
        assert all(part in named for part in LINES[item] - {"reference_cell"}), named
        assert record.evidence.how and record.evidence.left_out


def with_gap(low: float, high: float) -> Indicator:
    """1.2-03 with another window of the band gap, in eV."""
    found = load().get("1.2-03")
    conditions = tuple(
        msgspec.structs.replace(c, value=(low, high)) if c.quantity == "bandgap" else c
        for c in found.conditions
    )
    return msgspec.structs.replace(found, conditions=conditions)


def test_a_cell_of_another_gap_is_no_pass(tmp_path: Path) -> None:
    [done] = measured(tmp_path, with_gap(1.80, 1.95), draws=FEW).items
    assert done.verdict.outcome is Outcome.INVALID


def test_less_damp_heat_does_less(tmp_path: Path) -> None:
    whole, short = (
        measured(tmp_path, lasting("1.2-05", hours), dut="failing", draws=FEW).items[0]
        for hours in (1000.0, 300.0)
    )
    long, brief = (one.verdict.rows[0].value for one in (whole, short))
    assert isinstance(long, float) and isinstance(brief, float)
    assert 0.1 * long < brief < 0.45 * long
