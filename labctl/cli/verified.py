"""What `labctl verify` prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from labctl.i18n import _

if TYPE_CHECKING:
    from labctl.verification import AllReport, Report
    from labctl.verification.examined import Examined
    from labctl.verification.reduction import Recomputed

MARGIN = "  "


def tell(found: Examined) -> None:
    """A run or bundle in five lines; what could not be compared goes to stderr."""
    from labctl.cli.streams import note, say
    from labctl.cli.table import padded, width

    lines = dict(five(found))
    column = max(width(name) for name in lines)
    for name, text in lines.items():
        say(f"{padded(name, column)}{MARGIN}{text}")
    for remark in found.report.remarks:
        note(remark)


def five(found: Examined) -> Iterator[tuple[str, str]]:
    """The five lines: what is asked, and what was found."""
    yield _("integrity"), _integrity(found)
    yield _("author"), _author(found)
    yield _("time"), _time(found)
    yield _("decision"), _decision(found.report)
    yield _("reduction"), _reduction(found)


def _integrity(found: Examined) -> str:
    report = found.report
    wrong = [one.text for one in report.problems if one.kind != "verdict"]
    if wrong:
        return _("NOT WHOLE: {text}").format(text=_first(wrong))
    whole = _("whole: run {run}, {state}; {count} transactions up to {head}")
    text = whole.format(
        run=report.run,
        state=_state(report),
        count=report.transactions,
        head=report.head[:16] or "-",
    )
    return text + (_("; {count} files").format(count=found.files) if found.files else "")


def _author(found: Examined) -> str:
    marks = {"known": "", "unknown": _("UNKNOWN: "), "wrong": _("WRONG: "), "unsigned": ""}
    return marks[found.author.state] + found.author.text


def _time(found: Examined) -> str:
    return (_("WRONG: ") if found.time.state == "wrong" else "") + found.time.text


def _decision(report: Report) -> str:
    from labctl.report.wording import word

    if not report.verdicts:
        return _("not judged again: {text}").format(
            text=_first([one.text for one in report.problems]) or _("there is no verdict")
        )
    told: list[str] = []
    for one in report.verdicts:
        outcome = _("not finished") if one.outcome is None else word(one.outcome)
        text = f"{one.id} {outcome}"
        if one.differences:
            text += _(", which does NOT follow: {text}").format(
                text=_first([str(difference) for difference in one.differences])
            )
        told.append(text)
    return "; ".join(told)


def _reduction(found: Examined) -> str:
    if not found.reduction:
        return _("not recomputed: {why}").format(why=found.unreduced or _("there is no item"))
    return "; ".join(_reduced(one) for one in found.reduction)


def _reduced(one: Recomputed) -> str:
    from labctl.verification.examined import wrong

    changed = ", ".join(one.changed)
    if one.wrong:
        return _("WRONG: {text}").format(text=wrong(one))
    if not one.rows:
        text = _("{item} not recomputed: {why}").format(item=one.id, why=one.why)
    else:
        text = _("{item} within {difference} u").format(
            item=one.id, difference=f"{one.difference:.3g}"
        )
    return text + (_(" (changed since: {names})").format(names=changed) if changed else "")


def _first(texts: Sequence[str]) -> str:
    """The first of them, and how many more there are; "" where there is none."""
    if len(texts) < 2:
        return "".join(texts)
    return _("{text} (and {count} more: --json)").format(text=texts[0], count=len(texts) - 1)


def tell_all(found: AllReport) -> None:
    """Every run in a line, and what is wrong with the register of runs."""
    from labctl.cli.streams import note, say
    from labctl.cli.table import lines

    rows = [[one.run, _state(one), _found(one)] for one in found.runs]
    for line in lines([_("run"), _("state"), _("found")], rows):
        say(line.rstrip())
    for text in (*(problem.text for problem in found.problems), *found.remarks):
        say(text)
    note(_("{count} runs in {folder}").format(count=len(found.runs), folder=found.folder))


def tell_salvage(saved: Mapping[str, Any]) -> None:
    """What was read of a damaged run, and what was not."""
    from labctl.cli.streams import say

    for line in salvage_lines(saved):
        say(line)


def salvage_lines(saved: Mapping[str, Any]) -> Iterator[str]:
    """The same as lines; `saved` is what `--json` prints."""
    yield _("salvage: {path}").format(path=saved["path"])
    whole = _("{whole} of {count} transactions are whole")
    yield "  " + whole.format(whole=saved["whole"], count=saved["transactions"])
    if saved["spoiled"]:
        yield "  " + _("transactions that do not fit: {spans}").format(
            spans=_spans(saved["spoiled"])
        )
    if saved["lost"]:
        yield "  " + _("transactions that are lost: {spans}").format(spans=_spans(saved["lost"]))
    for name, table in saved["tables"].items():
        if table["lost"] or table["doubtful"]:
            text = _("{table}: {count} rows read, lost {lost}, doubtful {doubtful}")
            lost, doubtful = _spans(table["lost"]), _spans(table["doubtful"])
            yield "  " + text.format(table=name, count=table["read"], lost=lost, doubtful=doubtful)
    for name in saved["attachments_lost"]:
        yield "  " + _("attachment lost: {name}").format(name=name)


def _state(report: Report) -> str:
    from labctl.report.wording import word

    return _("missing") if report.state == "missing" else word(report.state)


def _found(report: Report) -> str:
    return "; ".join(problem.text for problem in report.problems) or _("whole")


def _spans(spans: Sequence[Sequence[int]]) -> str:
    parts = [f"{first}..{last}" if last > first else str(first) for first, last in spans]
    return ", ".join(parts) or "-"
