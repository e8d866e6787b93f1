"""Writing the report of a run into its folder."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from labctl.errors import UsageError

NAME = "report.html"


def write_report(run: Path, output: Path | None = None) -> Path:
    """Write the report of the run in folder `run` in the current language; returns its path.

    Without `output` it stands in the run's folder. `UsageError` where it cannot be written.
    """
    from labctl.report.page import page
    from labctl.runfile import open_run

    return save(page(open_run(run)), output or run / NAME)


def save(text: str, path: Path) -> Path:
    """Write `text` as UTF-8 to `path`; `UsageError` names a path that cannot be written."""
    with written(path) as file:
        file.write(text)
    return path


@contextmanager
def written(path: Path) -> Generator[TextIO]:
    """The text file `path` to be written inside the block; `UsageError` where it cannot be."""
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            yield file
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}", remedy="choose another --output") from error
