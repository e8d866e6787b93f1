"""What `labctl verify` prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from labctl.i18n import N_, _

if TYPE_CHECKING:
    from labctl.verification import AllReport, Report

_KINDS = {
    "altered": N_("altered"),
    "lost": N_("lost"),
    "missing": N_("missing"),
    "verdict": N_("verdict"),
}


def tell(report: Report) -> None:
    """A run: what is wrong, what its verdicts follow to, and whether it is whole."""
    from labctl.cli.streams import say

    for line in run_lines(report):
        say(line)


def run_lines(report: Report) -> Iterator[str]:
    """The same as lines."""
    from labctl.report.wording import word

    yield _("run {run}, {state}").format(run=report.run, state=_state(report))
    for problem in report.problems:
        yield f"  {_(_KINDS[problem.kind])}: {problem.text}"
    fit = _("{count} transactions fit, up to {head}")
    yield "  " + fit.format(count=report.transactions, head=report.head[:16] or "-")
    for one in report.verdicts:
        outcome = _("not finished") if one.outcome is None else word(one.outcome)
        yield f"  {one.id}: {outcome}"
        yield from (f"    {difference}" for difference in one.differences)
    yield from (f"  {remark}" for remark in report.remarks)
    yield _("whole") if report.ok else _("NOT WHOLE")


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
