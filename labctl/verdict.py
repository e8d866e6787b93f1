"""Verdicts: `judge(indicator, evidence, agreement)`, pure and re-computable from the journal.

The rules are those of ILAC-G8:09/2019 (non-binary statement with guard band w = U) and JCGM 106,
on the 95 % interval of each figure. This module is the front of `labctl.judging`.
"""

from __future__ import annotations

from labctl.agreement import Agreement
from labctl.evidence import Evidence
from labctl.indicator import Indicator
from labctl.judging.calibrations import warnings_of
from labctl.judging.conditions import decide_conditions
from labctl.judging.directions import judge_direction, set_outcomes
from labctl.judging.outcome import CHINESE, Outcome, best, exit_code, worst
from labctl.judging.record import ConditionVerdict, RowVerdict, Verdict
from labctl.judging.rounding import Printed, printed
from labctl.judging.rows import decide_row
from labctl.judging.stated import not_stated, waivers
from labctl.words import said

__all__ = [
    "CHINESE",
    "ConditionVerdict",
    "Outcome",
    "Printed",
    "RowVerdict",
    "Verdict",
    "best",
    "exit_code",
    "incomplete",
    "judge",
    "judge_direction",
    "printed",
    "set_outcomes",
    "worst",
]


def judge(
    indicator: Indicator, evidence: Evidence, agreement: Agreement, *, simulated: bool
) -> Verdict:
    """The verdict on `indicator` from `evidence` by `agreement`.

    Never raises on evidence: a missing row, a wrong unit or type, a value that is no number is
    named in `reasons` and makes the outcome INCOMPLETE; a condition that was not held or not
    observed, or a gap that is not tolerated, makes it INVALID. A contribution that should be
    stated, is not, and is not waived makes it INCOMPLETE. Decisions use unrounded values.
    """
    rows = tuple(
        decide_row(indicator.id, criterion, evidence.results.get(criterion.row), agreement)
        for criterion in indicator.criteria
    )
    conditions = decide_conditions(indicator, evidence.conditions, agreement)
    missing = (*_missing(indicator, evidence), *not_stated(evidence.unstated, agreement))
    outcomes = [part.outcome for part in (*rows, *conditions)]
    invalid = [Outcome.INVALID for _ in evidence.invalid]
    outcome = worst([*outcomes, *invalid, *(Outcome.INCOMPLETE for _ in missing)])
    return Verdict(
        id=indicator.id,
        outcome=outcome,
        simulated=simulated,
        rule=agreement.rule,
        agreement=agreement.sha256,
        rows=rows,
        conditions=conditions,
        reasons=(*_interrupted(evidence), *missing, *_reasons((*rows, *conditions))),
        left_out=evidence.left_out,
        deviations=_deviations(indicator, agreement),
        warnings=warnings_of(evidence.calibrations, evidence.overrides),
        waived=waivers(evidence.unstated, agreement),
    )


def incomplete(
    indicator: Indicator, agreement: Agreement, reason: str, *, simulated: bool
) -> Verdict:
    """The verdict on an item without evidence: INCOMPLETE for `reason`; no condition is judged."""
    return Verdict(
        id=indicator.id,
        outcome=Outcome.INCOMPLETE,
        simulated=simulated,
        rule=agreement.rule,
        agreement=agreement.sha256,
        rows=tuple(decide_row(indicator.id, row, None, agreement) for row in indicator.criteria),
        reasons=(reason,),
        deviations=_deviations(indicator, agreement),
    )


def _missing(indicator: Indicator, evidence: Evidence) -> tuple[str, ...]:
    """What keeps any evidence from being whole, in words."""
    missing = list(evidence.missing)
    if not indicator.criteria:
        missing.append("the indicator has no criterion")
    if evidence.kind == "document" and indicator.evidence != "document":
        missing.append(f"documents were given where the figure is to be {indicator.evidence}")
    if evidence.kind == "imported":
        missing.append("imported: read from files that somebody else measured")
    return tuple(missing)


def _interrupted(evidence: Evidence) -> tuple[str, ...]:
    """What befell the run while the evidence was taken, in words."""
    return (*map(said, evidence.invalid), *(f"changed: {one}" for one in evidence.changed))


def _reasons(parts: tuple[RowVerdict | ConditionVerdict, ...]) -> tuple[str, ...]:
    """Reasons of what did not PASS, each once."""
    failed = (part.reason for part in parts if part.outcome is not Outcome.PASS)
    return tuple(dict.fromkeys(filter(None, failed)))


def _deviations(indicator: Indicator, agreement: Agreement) -> tuple[str, ...]:
    return tuple(deviation.text for deviation in agreement.deviations_of(indicator.id))
