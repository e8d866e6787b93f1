"""`labctl show`: what a run came to, from its journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labctl.cli.options import RunName, RunsFolder
from labctl.i18n import _

if TYPE_CHECKING:
    from labctl.cli.verdicts import Judged
    from labctl.runfile import ItemRecord, RunRecord


def show(run: RunName, folder: RunsFolder = None) -> None:
    """Print the verdicts of a run, the conditions as observed and the instruments used."""
    from labctl.cli.find import run_folder
    from labctl.cli.streams import say
    from labctl.cli.verdicts import say_verdicts
    from labctl.runfile import open_run

    record = open_run(run_folder(run, folder))
    for line in head(record):
        say(line)
    say()
    say_verdicts([item for item in map(judged, record.items) if item is not None])
    for item in record.items:
        for line in details(item):
            say(line)


def head(record: RunRecord) -> list[str]:
    """What run it is: id, state, start, targets, folder."""
    from labctl.report.wording import iso_moment, word

    return [
        _("run {run}, {state}").format(run=record.id, state=word(record.state)),
        _("started {time}").format(time=iso_moment(record.started_utc)),
        _("targets: {targets}").format(targets=" ".join(record.targets)),
        _("folder: {path}").format(path=record.path),
    ]


def judged(item: ItemRecord) -> Judged | None:
    """An item with its verdict; None of an item that was not finished."""
    from labctl.cli.verdicts import Judged

    if item.verdict is None:
        return None
    return Judged(item.indicator, item.verdict, item.error)


def details(item: ItemRecord) -> list[str]:
    """Conditions, how the figure was computed, and instruments of one item."""
    from labctl.report.conditions import condition_lines
    from labctl.report.notation import sentence
    from labctl.report.people import people_lines
    from labctl.report.wording import name_of, plain

    lines = ["", f"{item.id}  {name_of(item.indicator)}"]
    lines += [f"  {line}" for line in people_lines(item)]
    if item.verdict is None:
        return [*lines, "  " + _("not finished")]
    lines += [f"  {line}" for line in condition_lines(item.verdict)]
    if item.evidence is not None:
        lines += [f"  {sentence(words)}" for words in item.evidence.how]
    for used in item.instruments:
        identity = f"{used.identity.maker} {used.identity.model} {used.identity.serial}".strip()
        lines.append(f"  {plain(used.role)}: {identity or _('not identified')}, {used.address}")
    return lines
