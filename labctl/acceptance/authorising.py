"""Authorising the report of a run: what is refused, and what is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from labctl import clock, register
from labctl.acceptance.authorisation import Authorisation, add, released
from labctl.acceptance.standing import objections_to_key
from labctl.errors import JournalError, UsageError
from labctl.i18n import _
from labctl.journal.chain import last_link
from labctl.journal.reader import Reader
from labctl.keys import Signer
from labctl.laboratory import laboratory
from labctl.provenance import labctl_version
from labctl.runfile import ItemRecord, RunRecord, open_run
from labctl.runfolder import RunFolder
from labctl.verification import verify_run
from labctl.verification.authorised import VOID


def authorise(
    folder: Path, by: str, statement: str, signer: Signer | None = None
) -> tuple[Authorisation, register.Entry]:
    """Authorise the report of the run in `folder` in the name of `by`, signed by `signer` if any.

    Written into its folder and into the register of runs. `UsageError` where it may not be: a run
    that is simulated, evaluated anew, unfinished or under a warning, or somebody who is not on the
    lab's list of authorisers. `JournalError` where it is not
    whole, or cannot be written.
    """
    if not by.strip():
        raise UsageError(_("an authorisation needs a name"), remedy="--by NAME")
    with RunFolder(folder).taken():
        _refuse(folder)
        given = _made(folder, by.strip(), statement)
        given = given if signer is None else given.signed_by(signer)
        unproven = [_(text) for text in objections_to_key(given)]
        if unproven:
            raise UsageError("; ".join(unproven), remedy=_("labctl key list shows who is on it"))
        add(folder, given)
        return given, register.append(folder.parent, _entry(given))


def refusals(record: RunRecord) -> list[str]:
    """What forbids to authorise the report of a run, a sentence each."""
    found: list[str] = []
    if record.state != "done":
        found.append(_("the run has not come to its end"))
    if not record.items:
        found.append(_("the run has no item"))
    for item in record.items:
        found += [f"{item.id}: {why}" for why in item_refusals(item)]
    return found


def item_refusals(item: ItemRecord) -> Iterator[str]:
    """What forbids to authorise one item."""
    verdict = item.verdict
    if verdict is None:
        yield _("it has no verdict")
        return
    if verdict.simulated or (item.provenance is not None and item.provenance.simulated):
        yield _("it was simulated")
    if verdict.reevaluation:
        yield _("it is a re-evaluation")
    if verdict.warnings:
        yield _("it stands under a warning")


def _refuse(folder: Path) -> None:
    wrong = [p.text for p in verify_run(folder).problems if not p.text.startswith(VOID)]
    if wrong:
        raise JournalError(
            _("{run} is not whole and cannot be authorised").format(run=folder.name),
            answer="; ".join(wrong),
            remedy=_("labctl verify {run} tells more").format(run=folder.name),
        )
    why = refusals(open_run(folder))
    if why:
        raise UsageError(
            _("{run} cannot be authorised: {why}").format(run=folder.name, why="; ".join(why)),
            remedy=_("its report stays a draft; run what is missing on a real bench"),
        )


def _made(folder: Path, by: str, statement: str) -> Authorisation:
    with Reader(RunFolder(folder).journal) as reader:
        link, items = last_link(reader.connection), released(reader)
    return Authorisation(
        run=folder.name,
        by=by,
        utc=clock.wall().isoformat(timespec="milliseconds"),
        statement=statement,
        laboratory=laboratory().name,
        labctl=labctl_version(),
        transactions=link.tx,
        head=link.head.hex(),
        content=link.content.hex(),
        items=items,
    )


def _entry(given: Authorisation) -> register.Entry:
    return register.Entry(
        run=given.run,
        event="authorised",
        utc=given.utc,
        transactions=given.transactions,
        head=given.head,
        content=given.content,
        authorisation=given.sha256,
        items=tuple(register.Tested(i.indicator, i.sample, i.outcome, False) for i in given.items),
    )
