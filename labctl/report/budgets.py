"""Uncertainty budgets as a reader sees them: one a figure, its small lines in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from labctl.evidence import Contribution, Count, Evidence, Figure
from labctl.report.notation import number, typeset, with_unit
from labctl.report.results import NOTHING
from labctl.report.wording import path, plain

SMALL = 1e-3
"""Share of the sum of squares below which a line is only named."""


@dataclass(frozen=True)
class LineView:
    """One contribution: its u, its share of the sum of squares, where it comes from."""

    source: str
    u: str
    share: str
    detail: str


@dataclass(frozen=True)
class BudgetView:
    """The budget of one figure: lines that matter, and in words those that do not."""

    figure: str
    lines: tuple[LineView, ...]
    small: str


def budgets(evidence: Evidence) -> tuple[BudgetView, ...]:
    """The budget of each figure, in the order in which the procedure states them."""
    names = dict.fromkeys(line.figure for line in evidence.budget)
    return tuple(_budget(name, evidence) for name in names)


def _budget(name: str, evidence: Evidence) -> BudgetView:
    figure = evidence.results.get(name)
    unit = figure.unit if isinstance(figure, Figure | Count) else ""
    lines = [line for line in evidence.budget if line.figure == name]
    total = sum(line.u**2 for line in lines)
    small = [line for line in lines if line.u**2 < SMALL * total]
    return BudgetView(
        figure=plain(name),
        lines=tuple(_line(line, total, unit) for line in lines if line not in small),
        small=_in_words(small, unit),
    )


def _line(line: Contribution, total: float, unit: str) -> LineView:
    share = f"{100 * line.u**2 / total:.1f} %" if total > 0 else NOTHING
    return LineView(path(line.source), _u(line, unit), share, typeset(line.detail))


def _in_words(lines: Sequence[Contribution], unit: str) -> str:
    return "; ".join(f"{path(line.source)}: {_u(line, unit)}" for line in lines)


def _u(line: Contribution, unit: str) -> str:
    return with_unit(number(float(f"{line.u:.2g}")), unit)
