"""`labctl watch`: follow a run from another terminal."""

from __future__ import annotations

import typer

from labctl.cli.options import AsJson, RunName, RunsFolder


def watch(run: RunName, folder: RunsFolder = None, as_json: AsJson = False) -> None:
    """Follow a run to its end, then tell what it came to; Ctrl-C only leaves it."""
    from labctl.cli.find import run_folder
    from labctl.cli.guarded import follow
    from labctl.cli.watching import watch_journal
    from labctl.control.job import is_guarded, read_job

    path = run_folder(run, folder)
    if is_guarded(path):
        raise typer.Exit(follow(path, read_job(path), as_json, owner=False))
    raise typer.Exit(watch_journal(path, as_json))
