"""`labctl amend`: correct an answer; the one before is superseded and kept."""

from __future__ import annotations

from typing import Annotated

import typer

from labctl.cli.options import AsJson, RunName, RunsFolder
from labctl.cli.superseding import ItemId, Reason, Who
from labctl.i18n import N_

PromptName = Annotated[
    str, typer.Argument(metavar="PROMPT", help=N_("Name of the prompt, with its scopes."))
]
Value = Annotated[str, typer.Argument(metavar="VALUE", help=N_("What the answer is now."))]
Second = Annotated[
    str,
    typer.Option("--second", metavar="NAME", help=N_("Who confirms it, where that is needed.")),
]
Accept = Annotated[
    list[str] | None,
    typer.Option("--accept", metavar="ID", help=N_("Accept a change; once for each.")),
]


def amend(
    run: RunName,
    prompt: PromptName,
    value: Value,
    reason: Reason,
    item: ItemId = None,
    who: Who = None,
    second: Second = "",
    accept: Accept = None,
    folder: RunsFolder = None,
    as_json: AsJson = False,
) -> None:
    """Supersede an answer; evidence and verdict are made again, and those before are kept."""
    from dataclasses import replace

    from labctl.asking import afterwards
    from labctl.cli.superseding import Named, act_of, carry_out
    from labctl.orders import Amend

    path, act = act_of(Named(run, folder, "amend", prompt, item, reason, who))
    act = replace(act, second=second)
    order = Amend(act.item, prompt, value, reason, act.who, second)
    carry_out(path, order, lambda: afterwards.amend(path, act, value, accept or ()), as_json)
