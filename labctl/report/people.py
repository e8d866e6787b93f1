"""What people answered and superseded, as a reader sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from labctl.asking.prompts import stored_prompt
from labctl.i18n import N_, _
from labctl.journal.rows import AmendmentRow, AnswerRow
from labctl.journal.told import value_text
from labctl.report.notation import typeset
from labctl.report.results import NOTHING, result_text
from labctl.report.wording import moment, word
from labctl.words import said

if TYPE_CHECKING:
    from labctl.runfile import ItemRecord
    from labctl.verdict import Verdict

_SOURCES = {
    "person": N_("person"),
    "script": N_("script"),
    "sheet": N_("sheet of the sample"),
    "simulated": N_("simulated"),
    "timeout": N_("timed out: nobody answered"),
}
_ACTS = {
    "amend": N_("answer corrected"),
    "redo": N_("step done again"),
    "swap": N_("another instrument allowed"),
}


_OURS = {"true": N_("yes"), "false": N_("no"), "null": N_("none")}
"""Values of answers, as the journal keeps them, that are words of ours and nobody's text."""


@dataclass(frozen=True)
class AnswerView:
    """One answer: name of the prompt, what was asked, the value, by whom, when, on which way.

    `superseded` are the values before it, oldest first, each with its own who, when and why.
    """

    prompt: str
    question: str
    value: str
    who: str
    when: str
    source: str
    superseded: tuple[SupersededView, ...]


@dataclass(frozen=True)
class SupersededView:
    """A value that does not stand any more: `given` by whom, when; `act` is by whom, when, why."""

    value: str
    given: str
    act: str


@dataclass(frozen=True)
class ActView:
    """One thing that was superseded: what, its name, by whom, when, why."""

    kind: str
    subject: str
    who: str
    when: str
    reason: str


@dataclass(frozen=True)
class VerdictView:
    """A verdict that does not stand any more: its outcome and results."""

    outcome: str
    result: str


def answer_views(item: ItemRecord) -> list[AnswerView]:
    """The answers of an item; of a prompt that was asked again each one."""
    return [_answer(given, item.amendments) for given in item.answers]


def act_views(item: ItemRecord) -> list[ActView]:
    """All that was superseded in an item, oldest first."""
    return [
        ActView(_(_ACTS[row.kind]), row.subject, row.who, moment(row.utc), row.reason)
        for row in item.amendments
    ]


def earlier_verdicts(item: ItemRecord) -> list[VerdictView]:
    """The verdicts that do not stand any more, oldest first."""
    stands = 0 if item.verdict is None else 1
    return [_verdict(one) for one in item.verdicts[: len(item.verdicts) - stands]]


def people_lines(item: ItemRecord) -> list[str]:
    """The same as lines of text, for the terminal."""
    lines = [_line(view) for view in answer_views(item)]
    lines += [f"{v.kind}: {v.subject}; {v.who}, {v.when}: {v.reason}" for v in act_views(item)]
    for one in earlier_verdicts(item):
        lines.append(_("verdict before: {outcome} {result}").format(**_fields(one)).rstrip())
    return lines


def _answer(given: AnswerRow, acts: tuple[AmendmentRow, ...]) -> AnswerView:
    value, who, when, source = given.value, given.who, given.utc, _(_SOURCES[given.source])
    before: list[SupersededView] = []
    for act in acts:
        if act.kind == "amend" and act.subject == given.prompt and act.attempt >= given.attempt:
            by = f"{act.who}, {moment(act.utc)}: {act.reason}"
            before.append(SupersededView(_value(value), f"{who or NOTHING}, {moment(when)}", by))
            value, who, when, source = act.value, act.who, act.utc, _(_ACTS["amend"])
    question = said(stored_prompt(given.question).text, _)
    return AnswerView(
        given.prompt,
        question,
        _value(value),
        _persons(who, given.second if who == given.who else ""),
        moment(when),
        source,
        tuple(before),
    )


def _value(text: str) -> str:
    return _(_OURS[text]) if text in _OURS else typeset(value_text(text))


def _persons(who: str, second: str) -> str:
    return " + ".join(name for name in (who, second) if name) or NOTHING


def _verdict(verdict: Verdict) -> VerdictView:
    results = [result_text(row) for row in verdict.rows]
    return VerdictView(word(verdict.outcome), ", ".join(results))


def _line(view: AnswerView) -> str:
    before = "".join(f" [{_('before')}: {one.value}]" for one in view.superseded)
    return f"{view.question} → {view.value}{before}; {view.who}, {view.source}, {view.when}"


def _fields(view: VerdictView) -> dict[str, str]:
    return {"outcome": view.outcome, "result": view.result}
