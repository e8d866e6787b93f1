"""`labctl verify`: whether a run or a bundle is what was written, and comes to what it says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from labctl.cli.options import AsJson, RunsFolder
from labctl.errors import UsageError
from labctl.i18n import N_, _

if TYPE_CHECKING:
    from labctl.verification import Report
    from labctl.verification.examined import Examined

Named = Annotated[
    str | None,
    typer.Argument(
        metavar="PATH",
        help=N_("A bundle, its .zip, or a run: id, its beginning, its path, or 'last'."),
        show_default=False,
    ),
]
All = Annotated[bool, typer.Option("--all", help=N_("Verify every run, also those that are gone."))]
Salvage = Annotated[
    bool, typer.Option("--salvage", help=N_("Write what can be read of a damaged run anew."))
]
Output = Annotated[
    Path | None,
    typer.Option("--output", metavar="DIR", help=N_("New folder of the salvage.")),
]

LodgedFile = Annotated[
    Path | None,
    typer.Option("--lodged", metavar="FILE", help=N_("A head of the run that was lodged.")),
]
Strict = Annotated[
    bool, typer.Option("--strict", help=N_("Exit 3 also where author or time is unproven."))
]
Quick = Annotated[bool, typer.Option("--quick", help=N_("Leave out the reduction."))]


def verify(
    run: Named = None,
    all: All = False,
    salvage: Salvage = False,
    output: Output = None,
    lodged: LodgedFile = None,
    strict: Strict = False,
    quick: Quick = False,
    folder: RunsFolder = None,
    as_json: AsJson = False,
) -> int:
    """Say in five lines whether a run or bundle holds: integrity, author, time, decision,
    reduction. Needs no network and no instrument, and writes nothing into it."""
    from labctl.config import runs_folder

    if all == (run is not None) or (all and salvage):
        raise UsageError(
            _("name one run, or give --all"), remedy=_("--salvage and --output need one run")
        )
    if run is None:
        return _every(runs_folder(folder), as_json)
    found = _examined(where(run, folder), lodged, quick)
    return _told(found, salvage, output, strict, as_json)


def where(name: str, folder: Path | None) -> Path:
    """The folder of the run that `name` means, also one whose files are damaged or gone."""
    from labctl.cli.find import LAST
    from labctl.config import runs_folder
    from labctl.verification import known_runs

    path = Path(name)
    if path.suffix == ".zip" and path.is_file():
        return path.resolve()
    if path.is_dir() or path.name == "journal.db":
        return path.resolve() if path.is_dir() else path.resolve().parent
    runs = runs_folder(folder)
    known = known_runs(runs)
    found = known[-1:] if name == LAST else [one for one in known if one.startswith(name)]
    found = [name] if name in known else found
    if len(found) == 1:
        return runs / found[0]
    if found:
        text = _("{name!r} is the beginning of {count} runs").format(name=name, count=len(found))
        raise UsageError(text, remedy=", ".join(found[-5:]))
    raise UsageError(
        _("no run {name!r} in {folder}").format(name=name, folder=runs),
        remedy=_("labctl runs lists them; --runs names another folder"),
    )


def _every(runs: Path, as_json: bool) -> int:
    from labctl.cli.streams import say_json
    from labctl.cli.verified import tell_all
    from labctl.verification import verify_all

    found = verify_all(runs)
    if as_json:
        say_json(found.as_dict())
    else:
        tell_all(found)
    return found.exit_code


def _examined(path: Path, lodged: Path | None, quick: bool) -> Examined:
    from labctl.config import keys_list
    from labctl.keys import read_list
    from labctl.verification.examined import examine, read_lodged

    return examine(path, read_list(keys_list()), read_lodged(lodged), reduce=not quick)


def _told(found: Examined, salvage: bool, output: Path | None, strict: bool, as_json: bool) -> int:
    from labctl.cli.streams import note, say_json
    from labctl.cli.verified import tell, tell_salvage
    from labctl.verification.report import NOT_WHOLE

    saved = _salvaged(found.report, output) if salvage else None
    code = NOT_WHOLE if strict and not found.proven else found.exit_code
    if as_json:
        say_json({**found.as_dict(), "salvage": saved})
        return code
    tell(found)
    if saved is not None:
        tell_salvage(saved)
    elif salvage:
        note(_("the run is whole: there is nothing to salvage"))
    return code


def _salvaged(report: Report, output: Path | None) -> dict[str, Any] | None:
    """What was saved of a run that is not whole, with the folder it lies in."""
    import msgspec

    from labctl.verification.salvage import take

    if report.ok:
        return None
    into = output or report.path.with_name(f"{report.path.name}-salvage")
    return {"path": str(into), **msgspec.to_builtins(take(report.path, into))}
