"""`labctl rejudge`: what a run comes to by another agreement; the run stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from labctl.cli.options import AsJson, RunName, RunsFolder
from labctl.errors import UsageError
from labctl.i18n import N_, _

if TYPE_CHECKING:
    from labctl.agreement import Agreement
    from labctl.rejudging import Reevaluated

AgreementFile = Annotated[
    Path | None,
    typer.Option("--agreement", metavar="FILE", help=N_("The agreement to judge by.")),
]
Certificates = Annotated[
    list[Path] | None,
    typer.Option(
        "--certificate",
        metavar="FILE",
        help=N_("Certificate of a later calibration; once for each."),
    ),
]


def rejudge(
    run: RunName,
    agreement: AgreementFile = None,
    certificate: Certificates = None,
    folder: RunsFolder = None,
    as_json: AsJson = False,
) -> int:
    """Judge a run again from its journal, by another agreement or with later calibrations."""
    from labctl import verdict
    from labctl.agreement import load
    from labctl.calibration.files import load as load_certificate
    from labctl.cli.find import run_folder
    from labctl.cli.streams import say, say_json
    from labctl.rejudging import reevaluate

    if agreement is None and not certificate:
        raise UsageError(
            _("nothing to judge by is named"), remedy=_("name --agreement or --certificate")
        )
    path = run_folder(run, folder)
    by = None if agreement is None else load(agreement)
    found = reevaluate(path, by, [load_certificate(one) for one in certificate or ()])
    if as_json:
        verdicts = [one.as_dict() for one in found]
        say_json({"run": path.name, "path": str(path), "verdicts": verdicts})
    else:
        for line in head(path, by, found):
            say(line)
        tell(found)
    return verdict.exit_code(
        verdict.Outcome.INCOMPLETE if one.now is None else one.now.outcome for one in found
    )


def head(path: Path, by: Agreement | None, found: Sequence[Reevaluated]) -> Iterator[str]:
    """What this is: a re-evaluation of which run, by which agreement."""
    if any(one.now is not None and one.now.reevaluation for one in found):
        yield _("RE-EVALUATION of run {run}: no verdict of that run, no acceptance.").format(
            run=path.name
        )
    else:
        yield _("Run {run} judged again by its own agreement.").format(run=path.name)
    if by is not None:
        text = _("agreement {sha256}, rule {rule}")
        yield text.format(sha256=by.sha256[:16], rule=_(by.rule))


def tell(found: Sequence[Reevaluated]) -> None:
    """The table of verdicts as they would be, and what each was."""
    from labctl.cli.streams import say
    from labctl.cli.verdicts import Judged, say_verdicts
    from labctl.report.wording import word

    say_verdicts([Judged(one.indicator, one.now) for one in found if one.now is not None])
    for one in found:
        was = _("not finished") if one.before is None else word(one.before.outcome)
        say(_("{id}: the run says {outcome}").format(id=one.indicator.id, outcome=was))
