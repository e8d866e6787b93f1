"""What `labctl amend`, `redo` and `swap` have in common: options, finding, telling."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from labctl.i18n import N_, _

if TYPE_CHECKING:
    from labctl.asking.afterwards import Outcome
    from labctl.asking.amending import Act
    from labctl.journal.rows import AmendmentKind
    from labctl.orders import Amend, Redo, Swap

Reason = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help=N_("Why; it stands in the record."))
]
ItemId = Annotated[
    str | None,
    typer.Option("--item", metavar="ID", help=N_("The item, where several have that name.")),
]
Who = Annotated[
    str | None,
    typer.Option("--who", metavar="NAME", help=N_("Who; else who is logged on.")),
]


def act_of(
    path: Path, kind: AmendmentKind, subject: str, item: str | None, reason: str, who: str | None
) -> Act:
    """What the user does in the run in the folder `path`; `UsageError` lists what there is."""
    from labctl.asking.afterwards import find
    from labctl.asking.amending import Act
    from labctl.cli.perform import user

    return Act(find(path, kind, subject, item), subject, reason, who or user())


def carry_out(
    path: Path, order: Amend | Redo | Swap, do: Callable[[], Outcome], as_json: bool
) -> None:
    """Hand the `order` to the run in the folder `path`; `do` it in the journal where nobody runs
    it."""
    from labctl.runfolder import RunFolder

    if RunFolder(path).is_running:
        _ordered(path, order, as_json)
    else:
        _done(path, do(), as_json)


def _ordered(path: Path, order: Amend | Redo | Swap, as_json: bool) -> None:
    from labctl import clock
    from labctl.cli.streams import say, say_json
    from labctl.control.client import ask
    from labctl.control.messages import Give

    clock.run(ask(path, order.who, Give(order)), virtual=False)
    if as_json:
        say_json({"run": path.name, "path": str(path), "ordered": True})
    else:
        say(_("ordered; labctl watch {run} tells what comes of it").format(run=path.name))


def _done(path: Path, outcome: Outcome, as_json: bool) -> None:
    from labctl.cli.perform import report
    from labctl.cli.streams import say, say_json

    if as_json:
        report(path, as_json)
        say_json(as_document(path, outcome))
        return
    for line in lines(path, outcome):
        say(line)
    report(path, as_json)


def as_document(path: Path, outcome: Outcome) -> dict[str, Any]:
    """The outcome as `--json` prints it."""
    row = outcome.row
    before, after = outcome.before, outcome.after
    return {
        "run": path.name,
        "path": str(path),
        "ordered": False,
        "item": outcome.item,
        "kind": row.kind,
        "subject": row.subject,
        "said": row.said,
        "reason": row.reason,
        "who": row.who,
        "before": None if before is None else before.as_dict(None),
        "after": None if after is None else after.as_dict(None),
    }


def lines(path: Path, outcome: Outcome) -> list[str]:
    """What was done, and what follows, a line each."""
    from labctl.report.wording import word

    row, before, after = outcome.row, outcome.before, outcome.after
    texts = {
        "amend": _("{item}: {subject} is {said} now, by {who}"),
        "redo": _("{item}: the step {subject} is to be done again, by {who}"),
        "swap": _("{item}: another instrument may take the role {subject}, by {who}"),
    }
    names = {"item": outcome.item, "subject": row.subject, "said": row.said, "who": row.who}
    told = [texts[row.kind].format(**names)]
    if before is not None and after is not None:
        told.append(
            _("verdict: {before}, before; {after}, now").format(
                before=word(before.outcome), after=word(after.outcome)
            )
        )
    if after is None:
        told.append(_("labctl resume {run} goes on with it").format(run=path.name))
    return told
