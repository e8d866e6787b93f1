"""`labctl authorise`: let the report of a run go out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from labctl.cli.options import AsJson, RunName, RunsFolder
from labctl.i18n import N_, _

if TYPE_CHECKING:
    from pathlib import Path

    from labctl.acceptance.authorisation import Authorisation
    from labctl.register import Entry

By = Annotated[str, typer.Option("--by", metavar="NAME", help=N_("Who authorises it."))]
Key = Annotated[
    str | None, typer.Option("--key", metavar="NAME", help=N_("Sign with this private key."))
]
Statement = Annotated[
    str, typer.Option("--statement", metavar="TEXT", help=N_("What is stated; else the usual."))
]
USUAL = N_("I have reviewed the record of this run and authorise its report.")


def authorise(
    run: RunName,
    by: By,
    key: Key = None,
    statement: Statement = "",
    folder: RunsFolder = None,
    as_json: AsJson = False,
) -> None:
    """Sign over a run's journal and verdicts, so that its report is no draft any more."""
    from labctl.acceptance import authorising
    from labctl.cli.find import run_folder
    from labctl.cli.passwords import unlocked
    from labctl.cli.streams import say, say_json
    from labctl.report.write import write_report

    path = run_folder(run, folder).resolve()
    signer = None if key is None else unlocked(key)
    given, entry = authorising.authorise(path, by, statement or _(USUAL), signer)
    report = write_report(path)
    if as_json:
        say_json(as_document(path, report, given, entry))
        return
    text = _("{run} is authorised by {name}; number {number} in the register of runs")
    say(text.format(run=given.run, name=given.by, number=entry.number))
    say(_("report: {path}").format(path=report))


def as_document(path: Path, report: Path, given: Authorisation, entry: Entry) -> dict[str, Any]:
    """The authorisation as `--json` prints it."""
    return {
        "run": given.run,
        "path": str(path),
        "by": given.by,
        "utc": given.utc,
        "statement": given.statement,
        "key": given.key or None,
        "head": given.head,
        "sha256": given.sha256,
        "number": entry.number,
        "report": str(report),
        "items": [
            {"id": i.indicator, "sample": i.sample, "outcome": i.outcome} for i in given.items
        ],
    }
