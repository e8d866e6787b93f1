"""The table of verdicts that a run ends with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from labctl.i18n import _

if TYPE_CHECKING:
    from labctl.indicator import Indicator
    from labctl.verdict import Outcome, Verdict

_COLOURS = {
    "PASS": "green",
    "CONDITIONAL PASS": "yellow",
    "CONDITIONAL FAIL": "yellow",
    "FAIL": "red",
    "INVALID": "magenta",
    "INCOMPLETE": "magenta",
}


@dataclass(frozen=True)
class Judged:
    """An item with its verdict, and its error where it erred."""

    indicator: Indicator
    verdict: Verdict
    error: dict[str, str] | None = None


def say_verdicts(judged: Sequence[Judged]) -> None:
    """Print the table, then what keeps an outcome from PASS, then the mark of a simulation."""
    import typer

    from labctl.cli.streams import say
    from labctl.cli.table import lines
    from labctl.report.wording import word

    header = [_("id"), _("indicator"), _("result"), _("limit")]
    head, rule, *body = lines(header, [row for item in judged for row in table_rows(item)])
    say(f"{head}  {_('verdict')}")
    say(f"{rule}  {'─' * 16}")
    outcomes = [outcome for item in judged for outcome in _row_outcomes(item)]
    for line, outcome in zip(body, outcomes, strict=True):
        typer.echo(f"{line}  {typer.style(word(outcome), fg=_COLOURS[outcome])}")
    for text in remarks(judged):
        say(text)


def table_rows(item: Judged) -> list[list[str]]:
    """Cells id, name, result, limit: one line for a single criterion, else one line more each."""
    from labctl.cli.table import clip
    from labctl.report.results import limit_text, result_text
    from labctl.report.wording import name_of, plain

    rows, id, name = item.verdict.rows, item.indicator.id, clip(name_of(item.indicator), 44)
    if len(rows) == 1:
        return [[id, name, result_text(rows[0]), limit_text(rows[0])]]
    below = [["", "  " + plain(r.key), result_text(r), limit_text(r)] for r in rows]
    return [[id, name, "", ""], *below]


def _row_outcomes(item: Judged) -> list[Outcome]:
    """The outcome at the end of each of the item's lines."""
    if len(item.verdict.rows) == 1:
        return [item.verdict.outcome]
    return [item.verdict.outcome, *(row.outcome for row in item.verdict.rows)]


def remarks(judged: Iterable[Judged]) -> list[str]:
    """What the table cannot say: errors, reasons, and that a simulated verdict is none."""
    from labctl.cli.failure import line
    from labctl.report.reasons import sentence

    items = list(judged)
    texts: list[str] = []
    for item in items:
        if item.error is not None:
            texts.append(f"{item.indicator.id}: {line(item.error)}")
        else:
            texts += [f"{item.indicator.id}: {sentence(why)}" for why in item.verdict.reasons]
            texts += [f"{item.indicator.id}: {text}" for text in cautions(item.verdict)]
    if any(item.verdict.simulated for item in items):
        texts.append(_("SIMULATED: made on simulated instruments; no acceptance."))
    return texts


def cautions(verdict: Verdict) -> list[str]:
    """What the verdict warns of, and who waived which contribution, in the user's language."""
    from labctl.words import said

    warned = [_("warning: {text}").format(text=said(words, _)) for words in verdict.warnings]
    text = _("{name} is not in the uncertainty, waived by {by}: {reason}")
    waived = [text.format(name=w.name, by=w.by, reason=w.reason) for w in verdict.waived]
    return [*warned, *waived]
