"""From the rehearsals of an item to its plan: rows, conditions, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from labctl.agreement import Agreement
from labctl.asking.conditions import FIXED
from labctl.i18n import N_
from labctl.indicator import Criterion, Indicator, Truth
from labctl.judging.outcome import Outcome
from labctl.judging.record import ConditionVerdict
from labctl.planning.answers import Answer, worst
from labctl.planning.document import ConditionPlan, Disk, ItemPlan, PromptPlan
from labctl.planning.predict import Rule, Seen, row_plan
from labctl.planning.takes import Take
from labctl.quantity import Quantity
from labctl.rehearsing import Used
from labctl.sample import Sample
from labctl.words import Text, Words

NO_PROCEDURE = N_("it has no procedure")
DOCUMENTS = N_("it is shown by documents: nothing is measured")
STATISTIC = N_("{row}: which of the readings over {over} counts, the worst or the mean")
ERRED = N_("{count} of {all} rehearsals ended with an error: {message}")

NOT_AGREED = "not agreed"
DECLARE = "declare"
"""Kind of the prompt by which a person states a condition in words."""


def unrehearsed(indicator: Indicator, procedure: str, answer: Answer, reason: Words) -> ItemPlan:
    """The plan of an item of which nothing can be predicted, and why."""
    return ItemPlan(
        id=indicator.id,
        name_en=indicator.name_en,
        name_zh=indicator.name_zh,
        evidence=indicator.evidence,
        answer=answer,
        reasons=(reason,),
        procedure=procedure,
    )


def item_plan(
    indicator: Indicator,
    truth: Mapping[str, Truth],
    agreement: Agreement,
    takes: Sequence[Take],
    used: Sequence[Used],
    procedure: str = "",
) -> ItemPlan:
    """What `takes`, one or more, predict of an item whose device has the true values `truth`."""
    whole = [one for one in takes if one.error is None]
    rows = tuple(
        row_plan(Rule(indicator.id, row, agreement), truth.get(row.row), _seen(row, number, whole))
        for number, row in enumerate(indicator.criteria)
    )
    conditions = _conditions(whole)
    errors = [one for one in takes if one.error is not None]
    answers = [
        _by_share(len(errors), len(takes)),
        *(one.answer for one in conditions),
        *(row.answer for row in rows),
    ]
    longest = max(takes, key=lambda one: one.duration)
    return ItemPlan(
        id=indicator.id,
        name_en=indicator.name_en,
        name_zh=indicator.name_zh,
        evidence=indicator.evidence,
        answer=worst(answers),
        reasons=tuple(_reasons(takes, conditions)),
        to_agree=tuple(_to_agree(indicator, agreement, conditions)),
        procedure=procedure,
        rows=rows,
        conditions=tuple(one.plan for one in conditions),
        duration=longest.duration if whole else None,
        steps=longest.steps,
        prompts=longest.prompts,
        disk=_most([one.disk for one in takes]),
        used=_most_used(used) if whole else None,
        rehearsals=len(takes),
        left_out=_left_out(whole),
        error=errors[0].error if errors else None,
    )


def declarations(indicator: Indicator, sheet: Sample | None) -> tuple[PromptPlan, ...]:
    """What a person at a real bench states before the first step, as far as no sheet does."""
    known = {} if sheet is None else sheet.aspects
    return tuple(
        PromptPlan(one.aspect, DECLARE, one.text)
        for one in indicator.conditions
        if one.in_words and one.aspect not in FIXED and one.aspect not in known
    )


def _seen(row: Criterion, number: int, takes: Iterable[Take]) -> list[Seen]:
    found: list[Seen] = []
    for one in takes:
        evidence = one.evidence
        result = None if evidence is None else evidence.results.get(row.row)
        budget = () if evidence is None else evidence.budget
        found.append(Seen(one.verdict.rows[number], result, budget))
    return found


class _Weighed(NamedTuple):
    """A condition as the worst rehearsal saw it; it was not held in `failed` of `all`."""

    plan: ConditionPlan
    failed: int
    all: int

    @property
    def answer(self) -> Answer:
        """What it makes of the item."""
        return _by_share(self.failed, self.all)


def _conditions(takes: Sequence[Take]) -> list[_Weighed]:
    found: list[_Weighed] = []
    for same in zip(*(one.verdict.conditions for one in takes), strict=True):
        failed = [one for one in same if one.outcome is not Outcome.PASS]
        shown = failed[0] if failed else max(same, key=lambda one: one.u)
        found.append(_Weighed(_condition(shown), len(failed), len(same)))
    return found


def _condition(one: ConditionVerdict) -> ConditionPlan:
    numeric = one.op != ""
    return ConditionPlan(
        name=one.name,
        state=one.state,
        required=one.required,
        unit=one.unit,
        u=one.u if numeric else None,
        tolerance=one.tolerance if numeric else None,
        reason=one.reason,
    )


def _by_share(failed: int, count: int) -> Answer:
    """What it makes of an item that something failed in so many of `count` rehearsals."""
    if failed == 0:
        return Answer.ATTAINABLE
    return Answer.NOT_ATTAINABLE if failed == count else Answer.AT_RISK


def _reasons(takes: Sequence[Take], conditions: Iterable[_Weighed]) -> Iterable[Words]:
    errors = [one.error for one in takes if one.error is not None]
    if errors:
        counts = {"count": str(len(errors)), "all": str(len(takes))}
        yield Text(ERRED, {**counts, "message": errors[0]["message"]})
    for one in conditions:
        if one.failed and one.plan.state != NOT_AGREED:
            yield one.plan.reason
    missing = (m for one in takes if one.evidence is not None for m in one.evidence.missing)
    yield from dict.fromkeys(missing)


def _to_agree(
    indicator: Indicator, agreement: Agreement, conditions: Iterable[_Weighed]
) -> Iterable[Words]:
    """What the judge could not decide for want of an agreement, and what the text leaves open."""
    for one in conditions:
        if one.plan.state == NOT_AGREED:
            yield one.plan.reason
    for row in indicator.criteria:
        if row.over and not row.statistic and not agreement.statistic:
            yield Text(STATISTIC, {"row": row.row, "over": row.over})


def _left_out(takes: Sequence[Take]) -> tuple[Words, ...]:
    found = (words for one in takes if one.evidence is not None for words in one.evidence.left_out)
    unique: list[Words] = []
    for words in found:
        if words not in unique:
            unique.append(words)
    return tuple(unique)


def _most(disks: Sequence[Disk]) -> Disk:
    return Disk(max(one.journal for one in disks), max(one.attachments for one in disks))


def _most_used(used: Sequence[Used]) -> dict[str, Quantity] | None:
    """The most of each that a rehearsal used up; None where the rig does not tell."""
    if not used:
        return None
    names = dict.fromkeys(name for row in used for name in row)
    return {name: max((row[name] for row in used if name in row), key=_value) for name in names}


def _value(quantity: Quantity) -> float:
    return quantity.value


def capped(plan: ItemPlan, answer: Answer, *reasons: Words) -> ItemPlan:
    """`plan` whose answer is at best `answer`, for `reasons`."""
    return msgspec.structs.replace(
        plan, answer=worst([plan.answer, answer]), reasons=(*plan.reasons, *reasons)
    )
