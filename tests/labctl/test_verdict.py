from __future__ import annotations

import msgspec
import pytest

from labctl.agreement import Agreement, Deviation, default
from labctl.evidence import Count, Figure, Present
from labctl.indicator import Condition
from labctl.verdict import Outcome, Verdict, incomplete
from tests.labctl.judged import condition, criterion, figure, held, indicator, span, verdict

LOSS = criterion("<=", 10, quantity="relative_loss")
GAIN = criterion(">=", 20, quantity="efficiency")
BOTH = indicator(GAIN, LOSS, conditions=[condition("temperature", 25, "degC")])
GOOD, BAD, NEAR, UNDER = figure(30, 1), figure(5, 1), figure(20.5, 1), figure(19.5, 1)
LOST = figure(2, 1)


@pytest.mark.parametrize(
    ("efficiency", "outcome"),
    [
        (GOOD, Outcome.PASS),
        (NEAR, Outcome.CONDITIONAL_PASS),
        (UNDER, Outcome.CONDITIONAL_FAIL),
        (BAD, Outcome.FAIL),
        (Figure(30.0, "V"), Outcome.INCOMPLETE),
    ],
)
def test_the_worst_row_stands(efficiency: Figure, outcome: Outcome) -> None:
    ok = held(BOTH.conditions[0])
    found = verdict(BOTH, ok, efficiency=efficiency, relative_loss=LOST)
    assert found.outcome is outcome
    assert [row.outcome for row in found.rows] == [outcome, Outcome.PASS]


def test_precedence_over_rows_and_conditions() -> None:
    ok = held(BOTH.conditions[0])
    failing_and_missing = verdict(BOTH, ok, efficiency=BAD)
    assert failing_and_missing.outcome is Outcome.FAIL
    assert verdict(BOTH, ok, efficiency=UNDER).outcome is Outcome.INCOMPLETE
    assert verdict(BOTH, efficiency=BAD, relative_loss=LOST).outcome is Outcome.INVALID


def test_reasons_name_what_kept_it_from_passing() -> None:
    found = verdict(BOTH, efficiency=Figure(30.0, "V"), missing=("no reference cell",))
    assert found.reasons == (
        "no reference cell",
        "efficiency: 'V' cannot be converted to '%': the dimensions differ",
        "relative_loss: no result",
        "temperature: not observed",
    )


def test_evidence_that_says_what_is_missing_is_incomplete() -> None:
    subject = indicator(GAIN)
    found = verdict(subject, efficiency=GOOD, missing=("the second person's sign-off",))
    assert (found.outcome, found.reasons) == (
        Outcome.INCOMPLETE,
        ("the second person's sign-off",),
    )


def test_documents_do_not_measure() -> None:
    found = verdict(indicator(GAIN), kind="document", efficiency=GOOD)
    assert found.outcome is Outcome.INCOMPLETE
    scored = indicator(GAIN, evidence="evaluated")
    assert verdict(scored, kind="document", efficiency=GOOD).outcome is Outcome.INCOMPLETE
    paper = indicator(criterion("present", unit="", key="theory"), evidence="document")
    assert verdict(paper, kind="document", theory=Present(True)).outcome is Outcome.PASS


def test_an_indicator_without_criteria_never_passes() -> None:
    assert verdict(indicator()).outcome is Outcome.INCOMPLETE


def test_the_verdict_carries_agreement_and_deviations() -> None:
    agreement = Agreement(
        rule="simple", deviations=(Deviation("9.9-99", "smaller cell"), Deviation("1.1-01", "x"))
    )
    found = verdict(indicator(GAIN), efficiency=NEAR, agreement=agreement)
    assert (found.outcome, found.rule) == (Outcome.PASS, "simple")
    assert found.agreement == agreement.sha256
    assert found.deviations == ("smaller cell",)


def test_only_a_real_pass_may_be_exported() -> None:
    real = msgspec.structs.replace(verdict(indicator(GAIN), efficiency=GOOD), simulated=False)
    assert real.exportable
    assert not msgspec.structs.replace(real, simulated=True).exportable
    assert not msgspec.structs.replace(real, reevaluation=True).exportable
    assert not msgspec.structs.replace(real, outcome=Outcome.CONDITIONAL_PASS).exportable


def test_an_item_that_erred() -> None:
    found = incomplete(BOTH, default(), "no answer from the lamp", simulated=True)
    assert found.outcome is Outcome.INCOMPLETE
    assert found.reasons == ("no answer from the lamp",)
    assert [row.outcome for row in found.rows] == [Outcome.INCOMPLETE] * 2
    error = {"kind": "link", "address": "visa://x"}
    assert found.as_dict(error)["error"] == error
    assert found.as_dict()["value"] is None


def test_json_of_one_row() -> None:
    printed = verdict(indicator(GAIN), efficiency=figure(30, 1)).as_dict()
    row = {
        "key": "efficiency",
        "value": 30.0,
        "unit": "%",
        "u": 0.5,
        "U": 1.0,
        "k": 2.0,
        "op": ">=",
        "limit": 20.0,
        "outcome": "PASS",
    }
    assert printed == {
        "id": "9.9-99",
        "outcome": "PASS",
        "simulated": True,
        "value": 30.0,
        "unit": "%",
        "u": 0.5,
        "U": 1.0,
        "rows": [row],
        "error": None,
    }


def test_json_of_several_rows_has_no_value_of_its_own() -> None:
    printed = verdict(BOTH, efficiency=GOOD, relative_loss=LOST).as_dict()
    assert [printed[key] for key in ("value", "unit", "u", "U")] == [None] * 4
    assert len(printed["rows"]) == 2


def test_json_of_ranges_abilities_and_counts() -> None:
    subject = indicator(
        criterion("covers", (400.0, 600.0), "nm", key="span"),
        criterion("present", unit="", key="there"),
        criterion(">=", 3, "patent", key="patents"),
    )
    found = verdict(
        subject,
        span=span(figure(390, unit="nm"), figure(610, unit="nm")),
        there=Present(True),
        patents=Count(4, 4, "patent"),
    )
    rows = found.as_dict()["rows"]
    assert [row["value"] for row in rows] == [[390.0, 610.0], True, 4.0]
    assert [row["limit"] for row in rows] == [[400.0, 600.0], None, 3.0]
    assert [row["unit"] for row in rows] == ["nm", None, "patent"]
    assert msgspec.json.decode(msgspec.json.encode(found.as_dict())) == found.as_dict()


def test_a_verdict_survives_the_journal() -> None:
    words = Condition(aspect="medium", text="pure water")
    subject = indicator(GAIN, criterion("covers", (1.0, 2.0), key="span"), conditions=[words])
    spans = span(figure(0.5), figure(2.5))
    found = verdict(subject, held(words), efficiency=NEAR, span=spans)
    assert msgspec.json.decode(msgspec.json.encode(found), type=Verdict) == found
