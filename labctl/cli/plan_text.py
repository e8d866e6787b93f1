"""A plan for people: the answer, the figures behind it, and what the run takes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from labctl.i18n import N_, _, current
from labctl.planning.answers import Answer

if TYPE_CHECKING:
    from labctl.planning.document import ItemPlan, RowPlan, RunPlan
    from labctl.words import Words

ANSWERS = {
    Answer.ATTAINABLE: N_("attainable"),
    Answer.AT_RISK: N_("at risk"),
    Answer.NOT_ATTAINABLE: N_("not attainable"),
    Answer.BY_DOCUMENTS: N_("by documents"),
}
_COLOURS = {
    Answer.ATTAINABLE: "green",
    Answer.AT_RISK: "yellow",
    Answer.NOT_ATTAINABLE: "red",
    Answer.BY_DOCUMENTS: "cyan",
}
DASH = "–"
"""Stands where there is no number."""

LEAST, MOST = 1e-4, 1e6
"""Numbers of this size are written without a power of ten."""


def say_plan(plan: RunPlan) -> None:
    """Print the plan, its answer first."""
    from labctl.cli.plan_rest import rest_lines
    from labctl.cli.plan_time import time_lines
    from labctl.cli.streams import say

    _say_answer(plan)
    _say_table(plan.items)
    for line in (*_together(_why(plan.items)), *time_lines(plan), *rest_lines(plan)):
        say(line)


def sentence(words: Words) -> str:
    """A sentence of a plan in the current language; one of the judge by its own patterns."""
    from labctl.report import notation, reasons

    known = notation.sentence(words)
    return reasons.sentence(words) if known == words and isinstance(words, str) else known


def answer_text(answer: Answer) -> str:
    """The answer in the current language."""
    return _(ANSWERS[answer])


def _say_answer(plan: RunPlan) -> None:
    import typer

    benches = ", ".join(bench.name for bench in plan.benches) or DASH
    counts = ", ".join(
        _("{count} {answer}").format(count=count, answer=answer_text(answer))
        for answer in ANSWERS
        if (count := sum(item.answer is answer for item in plan.items))
    )
    answer = typer.style(answer_text(plan.answer).upper(), fg=_COLOURS[plan.answer], bold=True)
    text = _("{answer} on {benches}: {counts}")
    typer.echo(text.format(answer=answer, benches=benches, counts=counts))


def _say_table(items: Iterable[ItemPlan]) -> None:
    import typer

    from labctl.cli.streams import say
    from labctl.cli.table import lines

    header = [_("id"), _("indicator"), _("expected"), _("limit"), "U", _("margin/U"), _("P(PASS)")]
    found = [(row, answer) for item in items for row, answer in _table_rows(item)]
    head, rule, *body = lines(header, [row for row, _answer in found])
    say()
    say(f"{head}  {_('outlook')}")
    say(f"{rule}  {'─' * 14}")
    for line, (_row, answer) in zip(body, found, strict=True):
        typer.echo(f"{line}  {typer.style(answer_text(answer), fg=_COLOURS[answer])}")


def _table_rows(item: ItemPlan) -> list[tuple[list[str], Answer]]:
    """One line for a single criterion, else one line more for each row and end of a range."""
    from labctl.cli.table import clip
    from labctl.report.wording import plain

    name = clip(item.name_zh if current() == "zh" else item.name_en, 40)
    if len(item.rows) == 1 and not item.rows[0].ends:
        return [([item.id, name, *_cells(item.rows[0])], item.answer)]
    found = [([item.id, name, "", "", "", "", ""], item.answer)]
    for row in item.rows:
        found.append((["", f"  {plain(row.key)}", *_cells(row)], row.answer))
        for end in row.ends:
            found.append((["", f"    {plain(f'{end.key} end')}", *_cells(end)], end.answer))
    return found


def _cells(row: RowPlan) -> list[str]:
    """Expected value, limit, U, margin/U and probability of a row."""
    from labctl.report.notation import rule, with_unit

    unit = row.unit or ""
    return [
        _expected(row),
        rule(row.op, row.limit, unit, None),
        DASH if row.U is None else with_unit(digits(row.U, 2), unit),
        DASH if row.ratio is None else digits(row.ratio, 2),
        DASH if row.p_pass is None else percent(row.p_pass),
    ]


def _expected(row: RowPlan) -> str:
    from labctl.report.notation import number, with_unit

    if isinstance(row.expected, bool):
        return _("shown") if row.expected else _("not shown")
    if row.expected is None:
        return DASH
    ends = row.expected if isinstance(row.expected, tuple) else (row.expected,)
    return with_unit(" … ".join(number(float(f"{end:.6g}")) for end in ends), row.unit or "")


def digits(value: float, count: int) -> str:
    """A number with `count` significant digits or all before its point, as print has it."""
    from labctl.report.notation import signs

    if value and not LEAST <= abs(value) < MOST:
        return signs(f"{value:.{count}g}")
    size = math.floor(math.log10(abs(value))) if value else 0
    return signs(f"{value:.{max(0, count - 1 - size)}f}")


def percent(share: float) -> str:
    """A probability of 0..1 in %, as far as it is known."""
    if share >= 0.995:
        return "> 99 %"
    return "< 1 %" if share < 0.005 else f"{100 * share:.0f} %"


def _together(told: Iterable[tuple[str, str]]) -> Iterable[str]:
    """A line for each sentence, with the ids of all items that it is told of."""
    ids: dict[str, list[str]] = {}
    for id, text in told:
        ids.setdefault(text, []).append(id)
    for text, of in ids.items():
        yield f"{', '.join(of)}: {text}"


def _why(items: Iterable[ItemPlan]) -> Iterable[tuple[str, str]]:
    """Of each item by its id what keeps it from being attainable, and what is to be agreed."""
    from labctl.cli.failure import line

    for item in items:
        rows = [words for row in item.rows for words in (*row.reasons, *_few(row))]
        for words in (*item.reasons, *rows):
            yield item.id, sentence(words)
        if item.error is not None:
            role = item.error.get("role", "")
            yield item.id, f"{role}: {line(item.error)}" if role else line(item.error)
        for words in item.to_agree:
            yield item.id, _("to be agreed: {what}").format(what=sentence(words))


def _few(row: RowPlan) -> Iterable[str]:
    """What would have to be read where a PASS is not sure, and what makes U so large."""
    from labctl.report.notation import with_unit
    from labctl.report.wording import path

    if row.answer is Answer.ATTAINABLE or row.U is None:
        return
    ends = [
        f"{sign} {with_unit(digits(end, 4), row.unit or '')}"
        for sign, end in (("≥", row.accept_low), ("≤", row.accept_high))
        if end is not None
    ]
    if ends:
        yield _("PASS needs a reading {ends}").format(ends=_(" and ").join(ends))
    if row.parts:
        named = ", ".join(f"{path(one.source)} {100 * one.share:.0f} %" for one in row.parts[:3])
        yield _("u² comes from {parts}").format(parts=named)
