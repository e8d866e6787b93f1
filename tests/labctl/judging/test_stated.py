"""Contributions that nobody stated make a verdict INCOMPLETE, unless the agreement waives them."""

from __future__ import annotations

import msgspec
import pytest

from labctl.agreement import Agreement, Waiver, default
from labctl.evidence import Evidence, Result
from labctl.traceable import Unstated
from labctl.verdict import Outcome, Verdict, judge
from tests.labctl.judged import criterion, figure, indicator

GAIN = indicator(criterion(">=", 20, quantity="efficiency"))
DRIFT, ENERGY = Unstated("spectral_drift"), Unstated("activation_energy", "sample")
SILENT = Unstated("accuracy of SN1", "instrument")
WAIVER = Waiver("spectral_drift", "Chen Li", "measured before and after")


def judged(
    *unstated: Unstated, agreement: Agreement | None = None, efficiency: Result | None = None
) -> Verdict:
    evidence = Evidence({"efficiency": efficiency or figure(30, 1)}, unstated=unstated)
    return judge(GAIN, evidence, agreement or default(), simulated=False)


@pytest.mark.parametrize(
    ("missing", "where"),
    [(DRIFT, "[[uncertainty]]"), (ENERGY, "the sample's sheet"), (SILENT, "driver")],
)
def test_what_is_not_stated_is_missing_with_its_remedy(missing: Unstated, where: str) -> None:
    found = judged(missing, missing)
    assert found.outcome is Outcome.INCOMPLETE
    assert len(found.reasons) == 1
    assert found.reasons[0].startswith(f"{missing.name} is not stated: ")
    assert where in found.reasons[0]
    assert found.waived == ()


def test_a_failing_figure_fails_all_the_same() -> None:
    assert judged(DRIFT, efficiency=figure(5, 1)).outcome is Outcome.FAIL


def test_an_engineer_waives_by_name_and_is_named() -> None:
    agreement = Agreement(waived=(WAIVER, Waiver("never_asked_for", "X", "y")))
    found = judged(DRIFT, DRIFT, agreement=agreement)
    assert (found.outcome, found.waived) == (Outcome.PASS, (WAIVER,))
    assert found.exportable
    more = judged(DRIFT, ENERGY, agreement=agreement)
    assert (more.outcome, more.waived) == (Outcome.INCOMPLETE, (WAIVER,))
    assert [reason.split()[0] for reason in more.reasons] == ["activation_energy"]


def test_a_waiver_is_part_of_the_agreement_and_of_its_hash() -> None:
    plain, waiving = Agreement(), Agreement(waived=(WAIVER,))
    assert plain.sha256 != waiving.sha256
    assert b"waived" not in plain.canonical
    again = msgspec.json.decode(waiving.canonical, type=Agreement)
    assert again == waiving
