"""Finding what the user named: indicators, procedures, runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from labctl.errors import UsageError
from labctl.i18n import _

if TYPE_CHECKING:
    from labctl.catalogue import Catalogue
    from labctl.indicator import Indicator
    from labctl.labs import Lab
    from labctl.runfile import RunSummary

LAST = "last"
"""Name of the newest run on the command line."""


def whole_catalogue(labs: Iterable[Lab]) -> Catalogue:
    """The guideline's indicators and those that labs add."""
    from labctl.catalogue import load

    catalogue = load()
    for lab in labs:
        for path in lab.catalogue:
            from labctl.mapfile import read_map

            catalogue = catalogue.extended(read_map(path, lab=lab.name))
    return catalogue


def procedures_of(indicators: Iterable[Indicator], labs: Sequence[Lab]) -> dict[str, str]:
    """Dotted name of the procedure by indicator id, of those that have one.

    Only the modules of the directions asked for are imported.
    """
    from labctl.discovery import import_procedures
    from labctl.procedure import generic, registered

    rows = list(indicators)
    for direction in dict.fromkeys(row.direction for row in rows):
        for lab in labs:
            import_procedures(lab, direction)
    own, by_kind = registered(), generic()
    found = ((row.id, own.get(row.id) or by_kind.get(row.evidence)) for row in rows)
    return {id: procedure.name for id, procedure in found if procedure is not None}


def run_folder(name: str, runs: Path | None) -> Path:
    """The folder of the run that `name` means: a path, an id, its beginning, or `last`.

    Raises `UsageError` where there is none, or more than one.
    """
    if (Path(name) / "journal.db").is_file():
        return Path(name)
    from labctl.config import runs_folder
    from labctl.runfile import list_runs

    folder = runs_folder(runs)
    return _one(name, list_runs(folder), folder).path


def _one(name: str, known: Sequence[RunSummary], folder: Path) -> RunSummary:
    if name == LAST:
        found = list(known[-1:])
    else:
        found = [run for run in known if run.run == name]
        found = found or [run for run in known if run.run.startswith(name)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            _("{name!r} is the beginning of {count} runs").format(name=name, count=len(found)),
            remedy=", ".join(run.run for run in found[-5:]),
        )
    raise UsageError(
        _("no run {name!r} in {folder}").format(name=name, folder=folder),
        remedy=_("labctl runs lists them; --runs names another folder"),
    )
