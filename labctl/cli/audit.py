"""`labctl audit verify|list`: the log of what people did in the web console."""

from __future__ import annotations

from typing import Annotated

import typer

from labctl.cli.group import Command, Group
from labctl.cli.options import AsJson
from labctl.i18n import N_, _

Most = Annotated[
    int, typer.Option("--last", metavar="N", min=1, help=N_("Only the newest N lines."))
]


def verify(as_json: AsJson = False) -> None:
    """Say whether each line follows from the one before; exit 1 with the first that does not."""
    from labctl.cli.streams import say, say_json
    from labctl.config import web_folder
    from labctl.web.audit import verify as check

    found = check(web_folder())
    if as_json:
        say_json({
            "lines": found.lines,
            "holds": found.holds,
            "broken": found.broken or None,
            "why": found.why,
            "torn": list(found.torn),
        })
    else:
        for number in found.torn:
            say(_("line {number} was torn by a crash while it was written").format(number=number))
        if found.holds:
            say(_("the audit log holds: {count} lines").format(count=found.lines))
        else:
            text = _("the audit log is BROKEN at line {number}: {why}")
            say(text.format(number=found.broken, why=found.why))
    raise typer.Exit(0 if found.holds else 1)


def listed(most: Most = 50, as_json: AsJson = False) -> None:
    """List who did what."""
    import msgspec

    from labctl.cli.streams import say, say_json
    from labctl.cli.table import lines
    from labctl.clock import wall
    from labctl.config import web_folder
    from labctl.web.audit import Audit

    found = list(Audit(web_folder(), wall).entries())[-most:]
    if as_json:
        say_json([msgspec.to_builtins(entry) for entry in found])
        return
    rows = [
        [str(entry.number), entry.utc, entry.who, entry.action, entry.subject] for entry in found
    ]
    header = [_("line"), "UTC", _("who"), _("action"), _("subject")]
    for line in lines(header, rows):
        say(line.rstrip())


def group() -> typer.Typer:
    """The command `labctl audit` with its own commands."""
    app = typer.Typer(cls=Group, rich_markup_mode=None, help=N_("The log of the web console."))
    app.command(name="verify", help=N_("Whether the log was changed."), cls=Command)(verify)
    app.command(name="list", help=N_("List who did what."), cls=Command)(listed)
    return app
