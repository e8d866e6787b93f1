"""One item of a run as the report's page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from labctl.evidence import Count, Figure, Present, Range, Rate, Result
from labctl.i18n import _
from labctl.judging.estimates import NORMAL_95
from labctl.judging.record import RowVerdict
from labctl.report import results
from labctl.report.budgets import BudgetView, budgets
from labctl.report.conditions import ConditionView, condition_view, rounded
from labctl.report.curves import logs, sweeps
from labctl.report.interval import interval_bar
from labctl.report.notation import number, unit_text, with_unit
from labctl.report.people import (
    ActView,
    AnswerView,
    VerdictView,
    act_views,
    answer_views,
    earlier_verdicts,
)
from labctl.report.reasons import sentence
from labctl.report.tested_items import FingerprintView, fingerprint_views
from labctl.report.traceability import CalibrationView, GapView, calibration_views, gap_views
from labctl.report.wording import plain

if TYPE_CHECKING:
    from labctl.runfile import ItemRecord, RunRecord


@dataclass(frozen=True)
class RowView:
    """One criterion: the texts of its columns, and its interval against the limit as a drawing."""

    name: str
    value: str
    expanded: str
    factor: str
    interval: str
    limit: str
    risk: str
    outcome: str
    reasons: tuple[str, ...]
    drawing: str


@dataclass(frozen=True)
class PlotView:
    """An SVG with its caption; `kind` is "sweeps" or "logs"."""

    svg: str
    caption: str
    kind: str


@dataclass(frozen=True)
class ItemView:
    """What the page shows of an item beside its record."""

    record: ItemRecord
    anchor: str
    rows: tuple[RowView, ...]
    conditions: tuple[ConditionView, ...]
    reasons: tuple[str, ...]
    further: tuple[tuple[str, str], ...]
    budgets: tuple[BudgetView, ...]
    plots: tuple[PlotView, ...]
    answers: tuple[AnswerView, ...] = ()
    acts: tuple[ActView, ...] = ()
    earlier: tuple[VerdictView, ...] = ()
    calibrations: tuple[CalibrationView, ...] = ()
    gaps: tuple[GapView, ...] = ()
    fingerprints: tuple[FingerprintView, ...] = ()

    @property
    def has_uncertainty(self) -> bool:
        """Whether any row has a U to be explained."""
        return any(row.factor != results.NOTHING for row in self.rows)


def item_view(record: RunRecord, item: ItemRecord, index: int) -> ItemView:
    """The view of an item; `index` keeps the ids of its drawings apart from other items'."""
    verdict, evidence = item.verdict, item.evidence
    return ItemView(
        record=item,
        anchor=f"item-{index}",
        rows=tuple(row_view(row) for row in verdict.rows) if verdict else (),
        conditions=tuple(map(condition_view, verdict.conditions)) if verdict else (),
        reasons=tuple(map(sentence, verdict.reasons)) if verdict else (),
        further=further(item) if evidence else (),
        budgets=budgets(evidence) if evidence else (),
        plots=tuple(plots(record, item, f"i{index}")),
        answers=tuple(answer_views(item)),
        acts=tuple(act_views(item)),
        earlier=tuple(earlier_verdicts(item)),
        calibrations=calibration_views(item),
        gaps=gap_views(item),
        fingerprints=fingerprint_views(item),
    )


def row_view(row: RowVerdict) -> RowView:
    """The texts of one criterion row."""
    return RowView(
        name=plain(row.key),
        value=results.value_text(row),
        expanded=results.expanded_text(row),
        factor=results.factor_text(row),
        interval=results.interval_text(row),
        limit=results.limit_text(row),
        risk=results.risk_text(row),
        outcome=row.outcome,
        reasons=tuple(map(sentence, row.reasons)),
        drawing=interval_bar(row),
    )


def further(item: ItemRecord) -> tuple[tuple[str, str], ...]:
    """Results beside those that decide, by name."""
    deciding = {criterion.row for criterion in item.indicator.criteria}
    found = item.evidence.results if item.evidence else {}
    return tuple((plain(k), _result(r)) for k, r in found.items() if k not in deciding)


def _result(result: Result) -> str:
    match result:
        case Figure():
            return _figure(result)
        case Range():
            return f"{_figure(result.low)} … {_figure(result.high)}"
        case Present():
            return _("shown") if result.there else _("not shown")
        case Count():
            return with_unit(number(result.sure), result.unit)
        case Rate():
            return _("{events} in {trials} trials").format(
                events=result.events, trials=result.trials
            )


def _figure(figure: Figure) -> str:
    half = figure.expanded or NORMAL_95 * figure.u
    if not half > 0:
        return with_unit(number(figure.value), figure.unit)
    value, expanded = rounded(figure.value, half)
    text = f"{value} ± {expanded}"
    return with_unit(f"({text})" if unit_text(figure.unit) else text, figure.unit)


def plots(record: RunRecord, item: ItemRecord, salt: str) -> list[PlotView]:
    """Current-voltage curves on one plot, and all slow logs on another."""
    read = partial(record.each, item.id)
    curves, slow = sweeps(item.channels, read), logs(item.channels, read)
    if not curves and not slow:
        return []
    from labctl.report.figures import log_figure, sweep_figure

    found: list[PlotView] = []
    if curves:
        found.append(
            PlotView(sweep_figure(curves, f"{salt}-iv"), sweep_caption(len(curves)), "sweeps")
        )
    if slow:
        count = sum(log.count for log in slow)
        text = _("Logs, {count} readings, drawn as the smallest and largest of each interval.")
        found.append(PlotView(log_figure(slow, f"{salt}-log"), text.format(count=count), "logs"))
    return found


def sweep_caption(count: int) -> str:
    """What is drawn of `count` sweeps."""
    text = _("Current-voltage curves as read, {count} sweeps. Marked: the largest power.")
    again = _("Repetitions are drawn faintly.")
    return f"{text.format(count=count)} {again}" if count > 1 else text.format(count=count)
