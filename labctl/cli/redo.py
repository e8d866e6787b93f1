"""`labctl redo`: let a step be done again; its result is superseded and kept."""

from __future__ import annotations

from typing import Annotated

import typer

from labctl.cli.options import AsJson, RunName, RunsFolder
from labctl.cli.superseding import ItemId, Reason, Who
from labctl.i18n import N_

StepName = Annotated[
    str, typer.Argument(metavar="STEP", help=N_("Name of the step, with its scopes; or a scope."))
]


def redo(
    run: RunName,
    step: StepName,
    reason: Reason,
    item: ItemId = None,
    who: Who = None,
    folder: RunsFolder = None,
    as_json: AsJson = False,
) -> None:
    """Supersede a step's result; `labctl resume` does the step again and judges anew."""
    from labctl.asking import afterwards
    from labctl.cli.superseding import Named, supersede
    from labctl.orders import Redo

    named = Named(run, folder, "redo", step, item, reason, who)
    supersede(named, Redo, afterwards.redo, as_json)
