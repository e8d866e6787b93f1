"""Beginning runs and going on with them under a guardian, for the API and for the pages."""

from __future__ import annotations

import re
from pathlib import Path

from labctl.control.job import Job, is_guarded
from labctl.control.launch import begun, bench_in_journal, go_on, new_run
from labctl.i18n import _
from labctl.runfolder import RunFolder
from labctl.web.house import House
from labctl.web.problems import Problem
from labctl.web.shelf import bench

SAMPLE = re.compile(r"[^/\\\x00-\x1f\x7f]+")
"""An id of a sample: no path, since that would be read as a sheet."""


def sample_id(text: str) -> str:
    """`text`; 422 where it is no id of a sample, but would be read as a sheet."""
    from labctl.sheet import is_sheet

    if SAMPLE.fullmatch(text) is None or is_sheet(text):
        raise Problem(422, _("{id!r} is no id of a sample").format(id=text))
    return text


def bench_path(house: House, name: str) -> Path:
    """The file of the bench called `name`; 404 where there is none, 409 for one with errors."""
    chosen = bench(house, name)
    if chosen.error:
        raise Problem(409, chosen.error, remedy=_("correct the bench file"), kind="bench")
    return chosen.path


def begun_run(house: House, job: Job) -> Path:
    """The folder of the run of `job` once it has begun; 409 with what was wrong where it could
    not."""
    folder = new_run(house.settings.runs, job)
    _wait(folder)
    return folder


def can_go_on(folder: Path) -> None:
    """409 where no guardian could go on with the run."""
    if not is_guarded(folder) and not _on_real_bench(folder):
        raise Problem(
            409,
            _("{run} keeps virtual time, which no guardian does").format(run=folder.name),
            remedy=f"labctl resume {folder.name}",
        )


def gone_on(folder: Path, accept: tuple[str, ...]) -> None:
    """Go on with an interrupted run; 409 with what was wrong where it could not."""
    go_on(folder, accept)
    _wait(folder)


def _wait(folder: Path) -> None:
    ended = begun(folder)
    if ended is not None and ended.error is not None:
        row = ended.error
        kind, remedy = row.get("kind", ""), row.get("remedy", "")
        raise Problem(409, row.get("message", ""), remedy=remedy, kind=kind)


def _on_real_bench(folder: Path) -> bool:
    from labctl.cli.perform import real_bench

    return RunFolder(folder).journal.is_file() and real_bench(bench_in_journal(folder))
