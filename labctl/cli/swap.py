"""`labctl swap`: let another instrument take a role; both stand in the record."""

from __future__ import annotations

from typing import Annotated

import typer

from labctl.cli.options import AsJson, RunName, RunsFolder
from labctl.cli.superseding import ItemId, Reason, Who
from labctl.i18n import N_

RoleName = Annotated[str, typer.Argument(metavar="ROLE", help=N_("Name of the role."))]


def swap(
    run: RunName,
    role: RoleName,
    reason: Reason,
    item: ItemId = None,
    who: Who = None,
    folder: RunsFolder = None,
    as_json: AsJson = False,
) -> None:
    """Accept another instrument of the same driver for a role at the next `labctl resume`."""
    from labctl.asking import afterwards
    from labctl.cli.superseding import Named, supersede
    from labctl.orders import Swap

    named = Named(run, folder, "swap", role, item, reason, who)
    supersede(named, Swap, afterwards.swap, as_json)
