"""Calibration judged at each reading's UTC: warnings, and what takes them away."""

from __future__ import annotations

from typing import Any

import pytest

from labctl.agreement import default
from labctl.evidence import Evidence
from labctl.judging.calibrations import end_of, start_of, warnings_of
from labctl.traceable import Calibrated, Override
from labctl.verdict import Outcome, Verdict, judge
from labctl.words import said
from tests.labctl.judged import criterion, figure, indicator

DAY = 86400.0
CALIBRATED, DUE = "2026-03-01", "2027-02-28"
GAIN = indicator(criterion(">=", 20, quantity="efficiency"))


def meter(first: float, last: float, **more: Any) -> Calibrated:
    dates = {"certificate": "K-17", "calibrated": CALIBRATED, "due": DUE, **more}
    return Calibrated("meter", "SN1", first, last, **dates)


def told(one: Calibrated) -> str:
    return "; ".join(said(words) for words in warnings_of([one], []))


BEGIN, END = start_of(CALIBRATED), end_of(DUE)


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (meter(BEGIN, END - 1.0), ""),
        (meter(BEGIN - 1.0, END - 1.0), "read on 2026-02-28, before its calibration K-17"),
        (meter(BEGIN, END), "read on 2027-03-01, after its calibration K-17 ended on 2027-02-28"),
        (meter(BEGIN, END + DAY, as_found="within"), ""),
        (meter(BEGIN, END - DAY, as_found="outside"), "found it outside its specification"),
        (meter(BEGIN, END + DAY, as_found="outside"), "outside its specification; meter (SN1): re"),
        (meter(BEGIN, END + DAY, due=""), ""),
        (meter(BEGIN - DAY, END - DAY, calibrated=""), ""),
        (meter(BEGIN, BEGIN, certificate="", calibrated="", due=""), "no calibration certificate"),
    ],
)
def test_each_reading_is_judged_at_its_utc(one: Calibrated, text: str) -> None:
    assert (text in told(one)) if text else told(one) == ""


def test_a_day_of_calibration_is_whole_and_in_utc() -> None:
    assert end_of(DUE) - start_of(DUE) == DAY
    assert start_of("1970-01-02") == DAY


def judged(*calibrations: Calibrated, overrides: tuple[Override, ...] = ()) -> Verdict:
    evidence = Evidence(
        {"efficiency": figure(30, 1)}, calibrations=calibrations, overrides=overrides
    )
    return judge(GAIN, evidence, default(), simulated=False)


def test_a_warning_changes_no_outcome_and_forbids_the_export() -> None:
    fine = judged(meter(BEGIN, END - 1.0))
    assert (fine.outcome, fine.warnings, fine.exportable) == (Outcome.PASS, (), True)
    late = judged(meter(BEGIN, END), meter(BEGIN, END - 1.0))
    assert (late.outcome, len(late.warnings), late.exportable) == (Outcome.PASS, 1, False)


def test_who_overrode_is_told() -> None:
    found = judged(overrides=(Override("Chen Li", "the laboratory is booked until May"),))
    assert "Chen Li: the laboratory is booked" in said(found.warnings[0])
    assert not found.exportable
