"""`labctl recover`: make safe what runs left behind whose processes are dead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from labctl.cli.options import AsJson, RunsFolder
from labctl.i18n import N_, _

if TYPE_CHECKING:
    from labctl.recovery import Recovered
    from labctl.rescuing import RoleRescue

Runs = Annotated[
    list[str] | None,
    typer.Argument(metavar="RUN", help=N_("Only these runs; else all that nobody carries out.")),
]

Close = Annotated[
    bool,
    typer.Option("--close", help=N_("A person has seen to what is not safe: close the run.")),
]
Unit = Annotated[
    str | None,
    typer.Option("--unit", metavar="systemd|windows", help=N_("Print the file for start-up.")),
]

OUTCOMES = {
    "safe": N_("safe"),
    "not safe": N_("NOT SAFE"),
    "in use": N_("in use, left alone"),
    "nothing": N_("no real instrument was in use"),
    "failed": N_("failed"),
}
STATES = {
    "safe": N_("safe"),
    "unreached": N_("NOT REACHED"),
    "failed": N_("NOT SAFE"),
}


def recover(
    names: Runs = None,
    close: Close = False,
    unit: Unit = None,
    folder: RunsFolder = None,
    as_json: AsJson = False,
) -> None:
    """Make the benches of killed runs safe, then do what their bench files say."""
    if unit is not None:
        _print(unit)
        return
    from labctl.cli.find import run_folder
    from labctl.cli.streams import note, say_json
    from labctl.config import runs_folder
    from labctl.recovery import killed_runs
    from labctl.recovery import recover as make_safe

    where = runs_folder(folder)
    paths = [run_folder(name, folder) for name in names] if names else killed_runs(where)
    found: list[Recovered] = []
    for path in paths:
        found.append(one := make_safe(path, close=close))
        if not as_json:
            _tell(one)
    if as_json:
        say_json({"runs": [as_row(one) for one in found]})
    else:
        note(_("{count} runs recovered in {folder}").format(count=len(found), folder=where))
    raise typer.Exit(exit_code(found))


def _print(system: str) -> None:
    from pathlib import Path

    from labctl.boot import unit
    from labctl.cli.streams import say

    say(unit(system, Path.cwd()).rstrip())


def exit_code(found: list[Recovered]) -> int:
    """3 where a bench is not known to be safe or something failed, else 0."""
    good = all(one.outcome in ("safe", "nothing") and one.error is None for one in found)
    return 0 if good else 3


def as_row(one: Recovered) -> dict[str, Any]:
    """A run as `--json` prints it; `roles` is empty where its bench was not touched."""
    import msgspec

    report = one.report
    return {
        "run": one.run,
        "path": one.path,
        "outcome": one.outcome,
        "on_power_return": one.policy,
        "resumed": one.resumed,
        "bench": None if report is None else report.bench,
        "seconds": None if report is None else report.seconds,
        "roles": [] if report is None else msgspec.to_builtins(report.roles),
        "error": one.error,
    }


def _tell(one: Recovered) -> None:
    from labctl.cli.streams import note, say
    from labctl.cli.table import lines

    say(f"{one.run}: {_(OUTCOMES[one.outcome])}")
    if one.report is not None:
        header = [_("instrument"), _("address"), _("state"), _("seconds"), _("what to do")]
        for line in lines(header, [_cells(role) for role in one.report.roles]):
            say(f"  {line.rstrip()}")
    if one.error is not None:
        note("; ".join(one.error[key] for key in ("message", "remedy") if one.error.get(key)))
    elif one.resumed:
        note(_("labctl watch {run} follows it").format(run=one.run))
    elif one.outcome == "safe":
        note(_("labctl resume {run} goes on with it").format(run=one.run))
    elif one.outcome == "not safe":
        note(_("labctl recover tries it again; once a person has seen to it: --close"))


def _cells(role: RoleRescue) -> list[str]:
    error = role.error or {}
    seconds = f"{role.seconds:.2f}"
    return [role.role, role.address, _(STATES[role.state]), seconds, error.get("remedy", "")]
