"""`labctl notices test|list|acknowledge`: what people are told of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from labctl.cli.group import Command, Group
from labctl.cli.options import AsJson, RunName, RunsFolder
from labctl.i18n import N_, _

if TYPE_CHECKING:
    from labctl.notices.kept import Story

To = Annotated[
    list[str] | None,
    typer.Option("--to", metavar="NAME", help=N_("A recipient; once for each. Without it, all.")),
]


def test(to: To = None, as_json: AsJson = False) -> None:
    """Send a test message to each recipient and say what came back; exit 3 where one failed."""
    from labctl.cli.streams import say, say_json
    from labctl.cli.table import lines
    from labctl.notices.config import read_config
    from labctl.notices.trying import try_all

    found = list(try_all(read_config(), to))
    if as_json:
        say_json([one.as_dict() for one in found])
    else:
        header = [_("recipient"), _("channel"), _("result"), _("answer")]
        marks = {True: _("ok"), False: _("WRONG")}
        cells = [[one.recipient, one.channel, marks[one.ok], one.answer] for one in found]
        for line in lines(header, cells):
            say(line.rstrip())
    raise typer.Exit(0 if all(one.ok for one in found) else 3)


def listed(run: RunName, folder: RunsFolder = None, as_json: AsJson = False) -> None:
    """The notices of a run: who was told of them, and who was not."""
    from labctl.cli.find import run_folder
    from labctl.cli.streams import say, say_json
    from labctl.notices import kept
    from labctl.notices.config import read_config
    from labctl.notices.listing import missing

    config = read_config()
    stories = kept.stories(kept.rows(run_folder(run, folder) / kept.FILE))
    rows = [as_row(story, missing(story, config)) for story in stories]
    if as_json:
        say_json(rows)
        return
    for row in rows:
        say(f"{row['utc']}  {row['kind']}  {row['item']}  {row['text']}")
        for name in row["told"]:
            say("    " + _("{name}: told").format(name=name))
        for name, why in row["missing"].items():
            say("    " + _("{name}: NOT told: {why}").format(name=name, why=why))


def as_row(story: Story, missing: dict[str, str]) -> dict[str, Any]:
    """A notice as `--json` prints it; `missing` has who was not told, and why."""
    from datetime import UTC, datetime

    from labctl.words import said

    notice = story.notice
    return {
        "kind": notice.kind,
        "item": notice.item,
        "text": said(notice.text, _),
        "utc": datetime.fromtimestamp(notice.utc, UTC).isoformat(timespec="seconds"),
        "times": story.times,
        "told": sorted(story.told),
        "missing": missing,
        "acknowledged": story.acknowledged,
    }


def group() -> typer.Typer:
    """The commands `labctl notices ...`."""
    app = typer.Typer(cls=Group, add_completion=False, rich_markup_mode=None)
    app.callback(help=N_("What people are told of runs."))(_nothing)
    app.command(help=N_("Send a test message to each recipient."), cls=Command)(test)
    app.command("list", help=N_("The notices of a run, and who was told."), cls=Command)(listed)
    return app


def _nothing() -> None:
    """`labctl notices` has no options of its own."""
