"""Which runs under way use which bench file."""

from __future__ import annotations

from pathlib import Path

from labctl.control.job import is_guarded, read_job
from labctl.control.launch import bench_in_journal
from labctl.errors import LabError
from labctl.runfile import list_runs
from labctl.web.house import House


def holders(house: House) -> dict[Path, list[str]]:
    """Runs under way by the bench file that they were begun on."""
    found: dict[Path, list[str]] = {}
    for run in list_runs(house.settings.runs):
        bench = _bench(run.path) if run.state == "running" else None
        if bench is not None:
            found.setdefault(bench.resolve(), []).append(run.path.name)
    return found


def _bench(folder: Path) -> Path | None:
    """The bench of a run; None where it named none, or has not written it yet."""
    try:
        return read_job(folder).bench if is_guarded(folder) else bench_in_journal(folder)
    except LabError:
        return None
