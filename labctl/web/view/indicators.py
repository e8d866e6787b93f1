"""The indicator map as rows of a page: search, filters, criteria in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from labctl.catalogue import Catalogue
from labctl.indicator import Condition, Criterion, Indicator
from labctl.report.notation import condition_rule, criterion_rule, rule
from labctl.report.wording import name_of, plain, title_of

Tried = Literal["", "never", "tried"]
"""Any, without a verdict so far, with one."""


@dataclass(frozen=True)
class Filter:
    """What is looked for: words or an id, a field, a direction, a kind of evidence, an outcome.

    "" stands for all; `tried` says whether there is a verdict, `outcome` which one.
    """

    query: str = ""
    field: str = ""
    direction: str = ""
    kind: str = ""
    tried: Tried = ""
    outcome: str = ""


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator in the user's language; `outcome` is that of its newest run, "" for none.

    `runnable` says that it has a procedure.
    """

    id: str
    direction: str
    title: str
    name: str
    kind: str
    method: str
    criteria: tuple[str, ...]
    conditions: tuple[str, ...]
    runnable: bool
    outcome: str
    simulated: bool | None


def indicator_rows(
    catalogue: Catalogue,
    wanted: Filter,
    procedures: Mapping[str, str],
    outcomes: Mapping[str, tuple[str, bool | None]],
) -> list[IndicatorRow]:
    """The indicators that pass the filter, in the order of the map.

    `procedures` are names of procedures by indicator, `outcomes` what the newest runs came to.
    """
    found = catalogue.search(wanted.query)
    rows = (_row(catalogue, one, procedures, outcomes) for one in found if _fits(one, wanted))
    return [row for row in rows if _came_to(row.outcome, wanted)]


def directions(catalogue: Catalogue, field: str = "") -> dict[str, str]:
    """Titles of the directions of a field, or of all, by id, in the user's language."""
    return {
        one.id: f"{one.id} {title_of(one)}"
        for one in catalogue.directions
        if field in ("", one.field)
    }


def criterion_text(criterion: Criterion) -> str:
    """A criterion in words: what, over what, relative to what, and its limit."""
    parts = [plain(criterion.row)]
    if criterion.statistic:
        parts.append(f"({plain(criterion.statistic)}, {plain(criterion.over)})")
    return f"{' '.join(parts)} {criterion_rule(criterion)}".strip()


def criteria_texts(indicator: Indicator) -> tuple[str, ...]:
    """The criteria of an indicator in words."""
    return tuple(criterion_text(one) for one in indicator.criteria)


def condition_texts(indicator: Indicator) -> tuple[str, ...]:
    """The conditions of an indicator in words."""
    return tuple(f"{plain(one.name)}: {required(one)}" for one in indicator.conditions)


def required(condition: Condition) -> str:
    """What a condition asks for; a set point without a sign before it."""
    if condition.in_words or condition.op != "==":
        return condition_rule(condition)
    return rule("set", condition.value, condition.unit, condition.tolerance)


def kinds(found: Iterable[Indicator]) -> tuple[str, ...]:
    """Kinds of evidence that occur, each once."""
    return tuple(dict.fromkeys(one.evidence for one in found))


def _fits(indicator: Indicator, wanted: Filter) -> bool:
    return (
        wanted.field in ("", indicator.field)
        and wanted.direction in ("", indicator.direction)
        and wanted.kind in ("", indicator.evidence)
    )


def _came_to(outcome: str, wanted: Filter) -> bool:
    if wanted.tried and (wanted.tried == "tried") != bool(outcome):
        return False
    return wanted.outcome in ("", outcome)


def _row(
    catalogue: Catalogue,
    one: Indicator,
    procedures: Mapping[str, str],
    outcomes: Mapping[str, tuple[str, bool | None]],
) -> IndicatorRow:
    outcome, simulated = outcomes.get(one.id, ("", None))
    return IndicatorRow(
        id=one.id,
        direction=one.direction,
        title=title_of(catalogue.direction_of(one)),
        name=name_of(one),
        kind=one.evidence,
        method=plain(one.method),
        criteria=criteria_texts(one),
        conditions=condition_texts(one),
        runnable=one.id in procedures,
        outcome=outcome,
        simulated=simulated,
    )
