"""The acceptance table of a direction as a page: indicator, target, result, verdict, basis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from labctl.i18n import N_, _
from labctl.laboratory import Laboratory
from labctl.report.counts import AttemptView, attempt_view, count_text
from labctl.report.notation import criterion_rule, sentence
from labctl.report.page import rendered
from labctl.report.particulars import basis
from labctl.report.results import NOTHING, limit_text, result_text
from labctl.report.rules import rule_lines
from labctl.report.wording import iso_moment, name_of, plain, title_of, word
from labctl.report.write import save

if TYPE_CHECKING:
    from labctl.acceptance.table import Line, Table
    from labctl.judging.record import RowVerdict

NAME = "acceptance-{direction}.html"

CHOICE = (
    N_("Of several runs on a sample the latest counts that came to a decision, never the best."),
    N_("Simulated runs do not count where a real one of the direction was begun."),
    N_("Every run that was begun is counted and listed, also one that failed or was interrupted."),
    N_("Where several samples were tested, the worst of them stands."),
)
"""The rule by which runs count, printed with the table."""


@dataclass(frozen=True)
class CellRow:
    """One criterion: its name ("" of a sole one), target, result and outcome."""

    name: str
    target: str
    result: str
    outcome: str


@dataclass(frozen=True)
class LineView:
    """One indicator on one sample, with the run that it comes from; `set` is its letter."""

    id: str
    name: str
    set: str
    outcome: str
    rows: tuple[CellRow, ...]
    sample: str
    method: str
    basis: str
    run: str
    begun: str
    count: str
    authorised: str
    simulated: bool
    objections: tuple[str, ...]
    runs: tuple[AttemptView, ...]


def write_table(table: Table, lab: Laboratory, path: Path) -> Path:
    """Write the page of `table` in the current language; `UsageError` where it cannot be."""
    return save(page(table, lab), path)


def file_name(direction: str) -> str:
    """The name of the file that holds the table of a direction."""
    return NAME.format(direction=direction.replace("/", "-"))


def page(table: Table, lab: Laboratory) -> str:
    """The acceptance table as one HTML document in the current language."""
    views = [line_view(line) for line in table.lines]
    return rendered(
        "acceptance.html.j2",
        table=table,
        lab=lab,
        title=title_of(table.direction),
        made=iso_moment(table.made),
        lines=views,
        unfinished=[f"{v.id} {v.name}" for v in views if v.outcome == "INCOMPLETE"],
        several=[view for view in views if view.runs],
        choice=[_(text) for text in CHOICE],
        rules=list(_rules(table)),
        sets=[(letter, outcome) for letter, outcome in table.sets.items() if letter],
        marks=" · ".join(_marks(table)),
    )


def line_view(line: Line) -> LineView:
    """The texts of one line."""
    opened = line.opened
    stands = None if opened is None else opened.standing
    given = stands.given if stands is not None and stands.authorised else None
    return LineView(
        id=line.indicator.id,
        name=name_of(line.indicator),
        set=line.indicator.alternatives,
        outcome=line.outcome,
        rows=tuple(_rows(line)),
        sample=line.sample or NOTHING,
        method=_method(line),
        basis=basis(line.indicator.id, line.indicator.clause),
        run="" if line.attempt is None else line.attempt.run,
        begun="" if line.attempt is None else iso_moment(line.attempt.begun),
        count="" if line.counted is None else count_text(line.counted),
        authorised="" if given is None else given.by,
        simulated=line.simulated,
        objections=tuple(sentence(words) for words in line.objections),
        runs=tuple(attempt_view(one, one is line.attempt) for one in line.runs),
    )


def _rows(line: Line) -> Iterator[CellRow]:
    """What was decided of each criterion; its target alone where nothing was."""
    verdict = None if line.opened is None else line.opened.verdict
    if verdict is None:
        sole = len(line.indicator.criteria) == 1
        for row in line.indicator.criteria:
            yield CellRow("" if sole else plain(row.row), criterion_rule(row), NOTHING, "")
        return
    for row in verdict.rows:
        yield _cell(row, sole=len(verdict.rows) == 1)


def _cell(row: RowVerdict, sole: bool) -> CellRow:
    return CellRow("" if sole else plain(row.key), limit_text(row), result_text(row), row.outcome)


def _method(line: Line) -> str:
    parts = [plain(line.indicator.method), line.indicator.standard]
    return ", ".join(part for part in parts if part)


def _rules(table: Table) -> Iterator[str]:
    """The decision rules that the verdicts were made by, each once."""
    verdicts = [line.opened.verdict for line in table.lines if line.opened is not None]
    known = dict.fromkeys(verdict.rule for verdict in verdicts if verdict is not None)
    yield from dict.fromkeys(text for rule in known for text in rule_lines(rule))


def _marks(table: Table) -> Iterator[str]:
    if table.simulated:
        yield _("SIMULATED")
    if table.draft or table.simulated:
        yield _("DRAFT")


def state_text(table: Table) -> str:
    """What the table is, in a word: an acceptance, or none."""
    if table.acceptance:
        return _("acceptance")
    return _("no acceptance: {outcome}").format(outcome=word(table.outcome))
