"""What `labctl amend`, `redo` and `swap` have in common: options, finding, telling."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

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


class Named(NamedTuple):
    """What the user named: the run, the prompt, step or role `subject`, and as which item's."""

    run: str
    folder: Path | None
    kind: AmendmentKind
    subject: str
    item: str | None
    reason: str
    who: str | None


def act_of(named: Named) -> tuple[Path, Act]:
    """The run's folder, and what the user does there; `UsageError` lists what there is."""
    from labctl.asking.afterwards import find
    from labctl.asking.amending import Act
    from labctl.cli.find import run_folder
    from labctl.cli.perform import user

    path = run_folder(named.run, named.folder)
    number = find(path, named.kind, named.subject, named.item)
    return path, Act(number, named.subject, named.reason, named.who or user())


def supersede(
    named: Named,
    order: type[Redo] | type[Swap],
    do: Callable[[Path, Act], Outcome],
    as_json: bool,
) -> None:
    """Let the run under way do it by the `order`; else `do` it in its journal."""
    path, act = act_of(named)
    given = order(act.item, act.subject, act.reason, act.who)
    carry_out(path, given, lambda: do(path, act), as_json)


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
