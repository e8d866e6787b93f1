"""`labctl runs`: the runs in the runs folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from labctl.cli.options import AsJson, RunsFolder
from labctl.i18n import _

if TYPE_CHECKING:
    from labctl.runfile import RunSummary


def runs(folder: RunsFolder = None, as_json: AsJson = False) -> None:
    """List the runs, oldest first."""
    from labctl.cli.streams import note, say, say_json
    from labctl.cli.table import lines
    from labctl.config import runs_folder
    from labctl.report.wording import word
    from labctl.runfile import list_runs

    where = runs_folder(folder)
    found = list_runs(where)
    if as_json:
        say_json([as_row(run) for run in found])
        return
    rows = [[r.run, r.started, word(r.state), " ".join(r.targets)] for r in found]
    for line in lines([_("run"), _("started"), _("state"), _("targets")], rows):
        say(line.rstrip())
    note(_("{count} runs in {folder}").format(count=len(found), folder=where))


def as_row(run: RunSummary) -> dict[str, Any]:
    """A run as `--json` prints it."""
    return {
        "run": run.run,
        "path": str(run.path),
        "started": run.started,
        "state": run.state,
        "targets": list(run.targets),
    }
